//! The tasks of `cargo xtask`, as a library so that tests can call them.

pub mod fuzz;
pub mod generate;
pub mod shell;
pub mod test;
pub mod tidy;
