//! Making sense of a failed validation.
//!
//! "Not valid under any of the schemas" helps nobody: of several alternatives, the one that came closest is
//! explained.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;

/// Pointer and text of each thing that is wrong.
pub(crate) fn explain(error: &ValidationError<'_>) -> Vec<(String, String)> {
    match error.kind() {
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            let base = error.instance_path().to_string();
            let closest = context.iter().min_by_key(|errors| distance(&base, errors));
            match closest {
                Some(errors) if !errors.is_empty() => errors.iter().flat_map(explain).collect(),
                _ => plain(error),
            }
        }
        _ => plain(error),
    }
}

fn plain(error: &ValidationError<'_>) -> Vec<(String, String)> {
    // Bodies can be big, and a finding is a line.
    let text: String = error.to_string().chars().take(300).collect();
    vec![(error.instance_path().to_string(), text)]
}

/// How far an alternative is from being meant: first whether it is about another kind of thing, then how many keys it
/// does not know, then how much else is wrong.
fn distance(base: &str, errors: &[ValidationError<'_>]) -> (usize, usize, usize) {
    let foreign = errors.iter().filter(|error| is_another_kind(base, error)).count();
    let here = errors.iter().filter(|error| error.instance_path().to_string() == base);
    let unknown = here.map(|error| match error.kind() {
        Kind::AdditionalProperties { unexpected } => unexpected.len(),
        _ => 0,
    });
    (foreign, unknown.sum(), errors.len())
}

/// True when the whole value, or the `type` in it, is none that the alternative is about.
fn is_another_kind(base: &str, error: &ValidationError<'_>) -> bool {
    let at = error.instance_path().to_string();
    let tells_apart =
        matches!(error.kind(), Kind::Constant { .. } | Kind::Enum { .. } | Kind::Type { .. });
    tells_apart && at.strip_prefix(base).is_some_and(|rest| matches!(rest, "" | "/type"))
}
