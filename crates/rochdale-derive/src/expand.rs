//! What `model` writes for a struct.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Error, Expr, ExprLit, Field, Fields, ItemStruct, Lit, LitStr, Meta, Type};

/// One line of the struct, read.
struct Line {
    ident: syn::Ident,
    ty: Type,
    doc: String,
    absence: Absence,
    order: bool,
    weight: u8,
    inverse: Option<String>,
    term: Option<String>,
}

/// How a field that holds nothing is written, by its type.
#[derive(Clone, Copy, PartialEq)]
enum Absence {
    Required,
    Option,
    Empty,
    False,
}

/// Expands the attribute on `input`.
pub(crate) fn model(mut input: ItemStruct) -> syn::Result<TokenStream> {
    let doc = doc(&input.attrs);
    let Fields::Named(fields) = &mut input.fields else {
        return Err(Error::new_spanned(&input, "`model` needs a struct with named fields"));
    };
    let mut lines = Vec::new();
    for field in &mut fields.named {
        let line = read(field)?;
        field.attrs.extend(line.serde());
        lines.push(line);
    }
    let name = &input.ident;
    let label = snake(&name.to_string());
    let fields = lines.iter().map(Line::field);
    let values = lines.iter().enumerate().map(|(position, line)| {
        let ident = &line.ident;
        quote! { #position => ::rochdale::field::ToValues::values(&self.#ident, visit), }
    });
    let new = new(&lines, &label);
    let handles = lines.iter().map(Line::handle);
    Ok(quote! {
        #[derive(
            Clone, Debug, PartialEq,
            ::rochdale::__private::serde::Serialize, ::rochdale::__private::serde::Deserialize,
        )]
        #[cfg_attr(feature = "schema", derive(::rochdale::__private::schemars::JsonSchema))]
        #[cfg_attr(feature = "schema", schemars(crate = "::rochdale::__private::schemars"))]
        #[serde(crate = "::rochdale::__private::serde", deny_unknown_fields)]
        #input

        impl #name {
            #new
            #(#handles)*
        }

        impl ::rochdale::field::GroupField for #name {}

        impl ::rochdale::field::Named for #name {
            const NAME: &'static str = #label;
        }

        impl ::rochdale::field::Structured for #name {
            const STRUCTURE: &'static ::rochdale::field::Structure =
                &::rochdale::field::Structure { name: #label, doc: #doc, fields: &[#(#fields),*] };
        }

        impl ::rochdale::field::Fields for #name {
            fn structure(&self) -> &'static ::rochdale::field::Structure {
                <Self as ::rochdale::field::Structured>::STRUCTURE
            }

            fn values<'a>(
                &'a self,
                position: usize,
                visit: &mut dyn FnMut(::rochdale::field::Value<'a>),
            ) {
                match position {
                    #(#values)*
                    _ => {}
                }
            }
        }

        impl ::rochdale::field::ToValues for #name {
            const TYPE: ::rochdale::field::FieldType = ::rochdale::field::FieldType::Structure(
                <Self as ::rochdale::field::Structured>::STRUCTURE,
            );

            fn values<'a>(&'a self, visit: &mut dyn FnMut(::rochdale::field::Value<'a>)) {
                visit(::rochdale::field::Value::Structure(self));
            }
        }
    })
}

impl Line {
    /// The attribute that serde needs on the line.
    fn serde(&self) -> Option<Attribute> {
        match self.absence {
            Absence::Required => None,
            Absence::Option => Some(
                syn::parse_quote! { #[serde(default, skip_serializing_if = "Option::is_none")] },
            ),
            Absence::Empty => {
                let ty = &self.ty;
                let path = quote! { <#ty>::is_empty }.to_string();
                Some(syn::parse_quote! { #[serde(default, skip_serializing_if = #path)] })
            }
            Absence::False => Some(syn::parse_quote! {
                #[serde(default, skip_serializing_if = "::core::ops::Not::not")]
            }),
        }
    }

    /// The constant by which queries in Rust name the field.
    fn handle(&self) -> TokenStream {
        let Self { ident, ty, doc, .. } = self;
        let name = ident.to_string();
        let constant = format_ident!("{}", name.to_uppercase());
        let doc = format!("In a query: {doc}");
        quote! {
            #[doc = #doc]
            pub const #constant: ::rochdale::field::Handle<#ty> = ::rochdale::field::Handle::new(#name);
        }
    }

    /// The row that describes the line.
    fn field(&self) -> TokenStream {
        let Self { ident, ty, doc, order, weight, .. } = self;
        let name = ident.to_string();
        let required = self.absence == Absence::Required;
        let inverse = optional(self.inverse.as_ref());
        let term = optional(self.term.as_ref());
        quote! {
            ::rochdale::field::Field {
                name: #name,
                doc: #doc,
                ty: <#ty as ::rochdale::field::ToValues>::TYPE,
                many: <#ty as ::rochdale::field::ToValues>::MANY,
                required: #required,
                order: #order,
                weight: #weight,
                inverse: #inverse,
                term: #term,
            }
        }
    }
}

fn read(field: &mut Field) -> syn::Result<Line> {
    let ident = field.ident.clone().expect("the fields are named");
    let mut line = Line {
        ident,
        ty: field.ty.clone(),
        doc: doc(&field.attrs),
        absence: absence(&field.ty),
        order: false,
        weight: 0,
        inverse: None,
        term: None,
    };
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("field")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("order") {
                line.order = true;
            } else if meta.path.is_ident("weight") {
                line.weight = meta.value()?.parse::<syn::LitInt>()?.base10_parse()?;
            } else if meta.path.is_ident("inverse") {
                line.inverse = Some(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.path.is_ident("term") {
                line.term = Some(meta.value()?.parse::<LitStr>()?.value());
            } else {
                return Err(meta.error("expected `order`, `weight`, `inverse` or `term`"));
            }
            Ok(())
        })?;
    }
    field.attrs.retain(|attribute| !attribute.path().is_ident("field"));
    Ok(line)
}

/// `new`, which takes what is required and leaves the rest empty.
fn new(lines: &[Line], label: &str) -> TokenStream {
    let required = lines.iter().filter(|line| line.absence == Absence::Required);
    let parameters = required.map(|Line { ident, ty, .. }| quote! { #ident: impl Into<#ty> });
    let values = lines.iter().map(|Line { ident, absence, .. }| {
        if *absence == Absence::Required {
            quote! { #ident: #ident.into() }
        } else {
            quote! { #ident: ::core::default::Default::default() }
        }
    });
    let doc = format!(
        "Makes {} {} of what is required; all else is empty.",
        if label.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" },
        label.replace('_', " ")
    );
    let name = format_ident!("new");
    quote! {
        #[doc = #doc]
        pub fn #name(#(#parameters),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn absence(ty: &Type) -> Absence {
    let Type::Path(path) = ty else { return Absence::Required };
    match path.path.segments.last().map(|segment| segment.ident.to_string()).as_deref() {
        Some("Option") => Absence::Option,
        Some("Vec" | "Map") => Absence::Empty,
        Some("bool") => Absence::False,
        _ => Absence::Required,
    }
}

fn optional(text: Option<&String>) -> TokenStream {
    if let Some(text) = text {
        quote! { ::core::option::Option::Some(#text) }
    } else {
        quote! { ::core::option::Option::None }
    }
}

/// The doc comment as one line.
fn doc(attributes: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        if let Meta::NameValue(pair) = &attribute.meta
            && let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value
        {
            lines.push(text.value().trim().to_owned());
        }
    }
    lines.join(" ").trim().to_owned()
}

/// `MutualEntity` as `mutual_entity`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for (position, letter) in name.char_indices() {
        if letter.is_uppercase() && position > 0 {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}
