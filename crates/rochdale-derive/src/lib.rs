//! The attribute `model`: a plain struct becomes a part of Rochdale's model that lists its fields.

mod expand;

use proc_macro::TokenStream;
use syn::{Error, ItemStruct, parse_macro_input};

/// Makes a struct with named fields a part of the model.
///
/// Each field is one line with its doc comment. From that line come serde's
/// reading and writing (absent where empty, unknown names refused), the JSON
/// Schema under the feature `schema`, reflection through `rochdale::Fields`,
/// and `new`, which takes the required fields in their order.
///
/// `Option`, `Vec`, `bool` and `Map` fields may be absent; all others are
/// required. A line may carry `#[field(…)]` with
///
/// - `order`: the date that orders entries of this kind,
/// - `weight = 4`: how much a word in this field counts in a search,
/// - `inverse = "articles"`: what the entry referred to calls this relation,
/// - `term = "schema:headline"`: the name of the field in JSON-LD.
#[proc_macro_attribute]
pub fn model(arguments: TokenStream, input: TokenStream) -> TokenStream {
    if !arguments.is_empty() {
        let message = "`model` takes no arguments; the lines of the struct say everything";
        return Error::new(proc_macro2::Span::call_site(), message).into_compile_error().into();
    }
    let input = parse_macro_input!(input as ItemStruct);
    expand::model(input).unwrap_or_else(Error::into_compile_error).into()
}
