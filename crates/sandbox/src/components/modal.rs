//! The body of a modal (interactions/receiving-and-responding, "Modal").

use serde_json::Value;

use super::fill;
use super::scan::{Place, Scan};
use crate::interactions::Modal;
use crate::rest::Form;

/// Reads the `data` of a modal answer: custom id 1-100, title at most 45, 1-5 components at the top. The published
/// schema says 40; the reference says 5, and 5 is what Discord enforces.
pub(crate) fn read_modal(form: &mut Form<'_>) -> Modal {
    let custom_id = form.text("custom_id", 1..=100);
    let title = form.text("title", 1..=45);
    let mut scan = Scan::new(Place::Modal);
    scan.children(form, "components", 1..=5, Place::Modal.top_level());
    let mut components = match form.raw("components").value() {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    fill::defaults(&mut components);
    Modal {
        custom_id: form.required("custom_id", custom_id),
        title: form.required("title", title),
        components,
    }
}
