//! Compiled schemas, made when they are first needed.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use jsonschema::{Registry, Validator};
use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::close::close;
use crate::document::{Document, LoadError};
use crate::explain::explain;
use crate::operation::Operation;

/// Names under which the two readings of the document are registered.
const OPEN: &str = "urn:discord:open";
const CLOSED: &str = "urn:discord:closed";

/// How strictly unknown keys are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reading {
    Open,
    Closed,
}

/// By reading and pointer; `None` for what cannot be compiled.
type Compiled = HashMap<(Reading, String), Option<Arc<Validator>>>;

pub(crate) struct Schemas {
    document: Arc<Document>,
    open: Registry<'static>,
    closed: OnceLock<Option<Registry<'static>>>,
    compiled: Mutex<Compiled>,
}

impl Schemas {
    pub(crate) fn new(document: Document) -> Result<Self, LoadError> {
        let document = Arc::new(document);
        let open = registry(OPEN, document.value.clone()).map_err(LoadError::new)?;
        Ok(Self { document, open, closed: OnceLock::new(), compiled: Mutex::default() })
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
        let (name, registry) = match reading {
            Reading::Open => (OPEN, &self.open),
            Reading::Closed => (CLOSED, self.closed()?),
        };
        // The pointer becomes part of an address, where braces are not allowed.
        let pointer = pointer.replace('%', "%25").replace('{', "%7B").replace('}', "%7D");
        let schema = json!({"$ref": format!("{name}#{pointer}")});
        let built = jsonschema::options()
            .with_registry(registry)
            .should_validate_formats(true)
            .with_format("snowflake", |text| text.parse::<u64>().is_ok())
            .build(&schema);
        built.ok().map(Arc::new)
    }

    fn closed(&self) -> Option<&Registry<'static>> {
        let make = || {
            let mut value = self.document.value.clone();
            for part in ["paths", "components"] {
                if let Some(part_value) = value.get_mut(part) {
                    close(part_value, &format!("/{part}"), &self.document.allowed);
                }
            }
            registry(CLOSED, value).ok()
        };
        self.closed.get_or_init(make).as_ref()
    }
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

fn registry(name: &str, value: Value) -> Result<Registry<'static>, jsonschema::ReferencingError> {
    Registry::new().add(name, jsonschema::Resource::from_contents(value))?.prepare()
}
