//! Compiled schemas, made when they are first needed.

use std::collections::HashMap;
use std::sync::Arc;

use jsonschema::{Draft, Validator};
use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::close::close;
use crate::document::Document;
use crate::explain::explain;
use crate::operation::Operation;

/// How strictly unknown keys are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reading {
    Open,
    Closed,
}

/// By reading and pointer; `None` for what cannot be compiled.
type Compiled = HashMap<(Reading, String), Option<Arc<Validator>>>;

pub(crate) struct Schemas {
    document: Document,
    compiled: Mutex<Compiled>,
}

impl Schemas {
    pub(crate) fn new(document: Document) -> Self {
        Self { document, compiled: Mutex::default() }
    }

    /// Whatever the document has at a pointer.
    pub(crate) fn get(&self, pointer: &str) -> Option<&Value> {
        self.document.value.pointer(pointer)
    }

    /// Follows `$ref` at a pointer, once.
    pub(crate) fn follow(&self, pointer: &str) -> String {
        let target = self.get(pointer).and_then(|value| value.get("$ref")).and_then(Value::as_str);
        target.and_then(|target| target.strip_prefix('#')).unwrap_or(pointer).to_owned()
    }

    /// What is wrong with a value, read by the schema at a pointer.
    pub(crate) fn check(
        &self,
        reading: Reading,
        pointer: &str,
        value: &Value,
    ) -> Vec<(String, String)> {
        let Some(validator) = self.validator(reading, pointer) else {
            return vec![(String::new(), format!("the schema at {pointer} cannot be compiled"))];
        };
        if validator.is_valid(value) {
            return Vec::new();
        }
        validator.iter_errors(value).flat_map(|error| explain(&error)).collect()
    }

    pub(crate) fn is_valid(&self, reading: Reading, pointer: &str, value: &Value) -> bool {
        self.validator(reading, pointer).is_some_and(|validator| validator.is_valid(value))
    }

    pub(crate) fn uncompilable(&self, operations: &[Operation]) -> Vec<String> {
        let mut pointers = Vec::new();
        for operation in operations {
            let at = operation.pointer();
            schemas_below(self.get(&at), &at, &mut pointers);
        }
        for part in ["events", "frames", "parts"] {
            let Some(Value::Object(named)) = self.get(&format!("/gateway/{part}")) else {
                continue;
            };
            pointers.extend(named.keys().map(|name| format!("/gateway/{part}/{name}")));
        }
        pointers.retain(|at| {
            let open = self.validator(Reading::Open, at).is_some();
            let is_request = at.contains("/requestBody/");
            !open || (is_request && self.validator(Reading::Closed, at).is_none())
        });
        pointers
    }

    fn validator(&self, reading: Reading, pointer: &str) -> Option<Arc<Validator>> {
        let key = (reading, pointer.to_owned());
        let mut compiled = self.compiled.lock();
        compiled.entry(key).or_insert_with(|| self.compile(reading, pointer)).clone()
    }

    fn compile(&self, reading: Reading, pointer: &str) -> Option<Arc<Validator>> {
        let built = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_format("snowflake", |text| text.parse::<u64>().is_ok())
            .build(&self.excerpt(reading, pointer)?);
        built.ok().map(Arc::new)
    }

    /// The schema at a pointer with everything it refers to, and nothing else of the large document. A reference
    /// that leads nowhere stays one, and the schema cannot be compiled.
    fn excerpt(&self, reading: Reading, pointer: &str) -> Option<Value> {
        let take = |at: &str| {
            let mut schema = self.get(at)?.clone();
            if reading == Reading::Closed {
                close(&mut schema, at, &self.document.allowed);
            }
            Some(schema)
        };
        let schema = take(pointer)?;
        let mut waiting = Vec::new();
        references(&schema, &mut waiting);
        let mut excerpt = json!({"allOf": [schema]});
        while let Some(at) = waiting.pop() {
            if excerpt.pointer(&at).is_some() {
                continue;
            }
            let Some(schema) = take(&at) else { continue };
            references(&schema, &mut waiting);
            place(&mut excerpt, &at, schema);
        }
        Some(excerpt)
    }
}

/// Pointers of everything a schema refers to.
fn references(schema: &Value, into: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            for (key, inner) in members {
                match inner.as_str().and_then(|target| target.strip_prefix('#')) {
                    Some(target) if key == "$ref" => into.push(target.to_owned()),
                    _ => references(inner, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, into)),
        _ => {}
    }
}

/// Puts a value at a pointer, with the objects on the way there.
fn place(into: &mut Value, pointer: &str, value: Value) {
    let keys = pointer.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~"));
    *keys.fold(into, |at, key| &mut at[key]) = value;
}

/// Pointers of everything called `schema` below a value.
fn schemas_below(value: Option<&Value>, at: &str, pointers: &mut Vec<String>) {
    match value {
        Some(Value::Object(members)) => {
            for (key, inner) in members {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                if key == "schema" {
                    pointers.push(at);
                } else {
                    schemas_below(Some(inner), &at, pointers);
                }
            }
        }
        Some(Value::Array(items)) => {
            for (index, inner) in items.iter().enumerate() {
                schemas_below(Some(inner), &format!("{at}/{index}"), pointers);
            }
        }
        _ => {}
    }
}
