//! Finding the operation that a request means.

use serde_json::Value;

/// Methods an operation can have, as the document writes them.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// One operation of the description.
#[derive(Debug)]
pub struct Operation {
    /// Its operationId.
    pub id: String,
    /// Upper case.
    pub method: String,
    /// The path with its parameters in braces.
    pub path: String,
    segments: Vec<Segment>,
}

#[derive(Debug, PartialEq, Eq)]
enum Segment {
    Fixed(String),
    Parameter(String),
}

impl Operation {
    fn new(path: &str, method: &str, value: &Value) -> Option<Self> {
        Some(Self {
            id: value.get("operationId")?.as_str()?.to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            segments: path.split('/').skip(1).map(Segment::of).collect(),
        })
    }

    /// Pointer to the operation in the document.
    pub(crate) fn pointer(&self) -> String {
        format!("{}/{}", self.path_pointer(), self.method.to_lowercase())
    }

    /// Pointer to what all operations of the path have in common.
    pub(crate) fn path_pointer(&self) -> String {
        format!("/paths/{}", self.path.replace('~', "~0").replace('/', "~1"))
    }

    /// The values of the path's parameters.
    pub(crate) fn parameters<'a>(
        &'a self,
        path: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let parts = path.split('/').skip(1);
        self.segments.iter().zip(parts).filter_map(|(segment, part)| match segment {
            Segment::Parameter(name) => Some((name.as_str(), part)),
            Segment::Fixed(_) => None,
        })
    }

    /// How well a path fits: `None` when it does not, else the number of fixed segments.
    fn fits(&self, path: &str) -> Option<usize> {
        let mut fixed = 0;
        let mut parts = path.split('/').skip(1);
        for segment in &self.segments {
            match (segment, parts.next()?) {
                (Segment::Parameter(_), part) if !part.is_empty() => {}
                (Segment::Fixed(name), part) if name == part => fixed += 1,
                _ => return None,
            }
        }
        parts.next().is_none().then_some(fixed)
    }
}

impl Segment {
    fn of(text: &str) -> Self {
        match text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) => Self::Parameter(name.to_owned()),
            None => Self::Fixed(text.to_owned()),
        }
    }
}

/// All operations of a document.
pub(crate) fn all(document: &Value) -> Vec<Operation> {
    let Some(Value::Object(paths)) = document.get("paths") else { return Vec::new() };
    paths
        .iter()
        .flat_map(|(path, item)| {
            METHODS.iter().filter_map(move |method| Operation::new(path, method, item.get(method)?))
        })
        .collect()
}

/// The operation of a method and a path below the API's base. A fixed segment beats a parameter: `/users/@me` is
/// not the user called `@me`.
pub(crate) fn find<'a>(
    operations: &'a [Operation],
    method: &str,
    path: &str,
) -> Option<&'a Operation> {
    operations
        .iter()
        .filter(|operation| operation.method == method)
        .filter_map(|operation| Some((operation.fits(path)?, operation)))
        .max_by_key(|(fixed, _)| *fixed)
        .map(|(_, operation)| operation)
}
