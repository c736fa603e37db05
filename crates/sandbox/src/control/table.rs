//! Declaring a control call: once, for the router and for the description of the API.
//!
//! A call is one line of [`super::calls`]:
//!
//! ```text
//! post("/guilds", state::new_guild, "Makes a guild.").takes::<NewGuild>().gives::<MadeGuild>(),
//! ```

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::sandbox::Sandbox;

/// Writes the schema of a type, adding what it refers to to the generator.
pub(super) type Shape = fn(&mut SchemaGenerator) -> Schema;

/// A control call.
pub(crate) struct Entry {
    pub(super) method: Method,
    /// Template below `/sandbox`, in the router's syntax; "/" is `/sandbox` itself.
    pub(super) path: &'static str,
    /// One sentence.
    pub(super) about: &'static str,
    /// The query, as an object with one property a parameter.
    pub(super) query: Option<Shape>,
    pub(super) body: Option<Shape>,
    pub(super) answer: Option<Shape>,
    pub(super) handler: MethodRouter<Sandbox>,
}

/// A call that changes nothing.
pub(super) fn get<H, T>(path: &'static str, handler: H, about: &'static str) -> Entry
where
    H: Handler<T, Sandbox>,
    T: 'static,
{
    Entry::new(Method::GET, path, on(MethodFilter::GET, handler), about)
}

/// A call that does something.
pub(super) fn post<H, T>(path: &'static str, handler: H, about: &'static str) -> Entry
where
    H: Handler<T, Sandbox>,
    T: 'static,
{
    Entry::new(Method::POST, path, on(MethodFilter::POST, handler), about)
}

/// A call that takes something back.
pub(super) fn delete<H, T>(path: &'static str, handler: H, about: &'static str) -> Entry
where
    H: Handler<T, Sandbox>,
    T: 'static,
{
    Entry::new(Method::DELETE, path, on(MethodFilter::DELETE, handler), about)
}

impl Entry {
    fn new(
        method: Method,
        path: &'static str,
        handler: MethodRouter<Sandbox>,
        about: &'static str,
    ) -> Self {
        let (query, body, answer) = (None, None, None);
        Self { method, path, about, query, body, answer, handler }
    }

    /// The query parameters are the fields of `T`.
    pub(super) fn asks<T: JsonSchema>(self) -> Self {
        Self { query: Some(|generator| T::json_schema(generator)), ..self }
    }

    /// The body is a `T`.
    pub(super) fn takes<T: JsonSchema>(self) -> Self {
        Self { body: Some(SchemaGenerator::subschema_for::<T>), ..self }
    }

    /// The answer is a `T`.
    pub(super) fn gives<T: JsonSchema>(self) -> Self {
        Self { answer: Some(SchemaGenerator::subschema_for::<T>), ..self }
    }
}
