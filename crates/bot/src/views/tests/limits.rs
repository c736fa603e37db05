//! Discord's limits, as far as a view can break them.

use std::collections::HashSet;

use twilight_model::channel::message::component::{
    Component, SelectDefaultValue, SelectMenu, SelectMenuType,
};

use super::super::Modal;
use crate::ids::CustomId;

/// Visits all components, nested ones included.
fn visit<'a>(parts: &'a [Component], seen: &mut Vec<&'a Component>) {
    for part in parts {
        seen.push(part);
        match part {
            Component::Container(it) => visit(&it.components, seen),
            Component::ActionRow(it) => visit(&it.components, seen),
            Component::Section(it) => {
                visit(&it.components, seen);
                visit(std::slice::from_ref(&*it.accessory), seen);
            }
            Component::Label(it) => visit(std::slice::from_ref(&*it.component), seen),
            _ => {}
        }
    }
}

fn all(parts: &[Component]) -> Vec<&Component> {
    let mut seen = Vec::new();
    visit(parts, &mut seen);
    seen
}

/// All texts, in order.
pub(super) fn texts(parts: &[Component]) -> Vec<String> {
    all(parts)
        .into_iter()
        .filter_map(|part| match part {
            Component::TextDisplay(it) => Some(it.content.clone()),
            _ => None,
        })
        .collect()
}

/// All ids, in order.
pub(super) fn ids(parts: &[Component]) -> Vec<String> {
    all(parts)
        .into_iter()
        .filter_map(|part| match part {
            Component::Button(it) => it.custom_id.clone(),
            Component::SelectMenu(it) => Some(it.custom_id.clone()),
            _ => None,
        })
        .collect()
}

/// Values of all options, in order.
pub(super) fn values(parts: &[Component]) -> Vec<String> {
    all(parts)
        .into_iter()
        .filter_map(|part| match part {
            Component::SelectMenu(it) => it.options.as_ref(),
            _ => None,
        })
        .flatten()
        .map(|option| option.value.clone())
        .collect()
}

/// Ids of buttons that cannot be pressed.
pub(super) fn disabled(parts: &[Component]) -> Vec<String> {
    all(parts)
        .into_iter()
        .filter_map(|part| match part {
            Component::Button(it) if it.disabled => it.custom_id.clone(),
            _ => None,
        })
        .collect()
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// A message that Discord takes.
pub(super) fn message(parts: &[Component]) {
    twilight_validate::message::components(parts, true)
        .unwrap_or_else(|error| panic!("{error}: {error:?}\n{parts:#?}"));
    let all = all(parts);
    assert!((1..=40).contains(&all.len()), "{} components", all.len());
    let total: usize = texts(parts).iter().map(|text| chars(text)).sum();
    assert!(total <= 4000, "{total} characters");
    for text in texts(parts) {
        assert!(!text.trim().is_empty());
        assert!(chars(&text) <= 2000);
        assert!(!text.contains("{ $"), "{text}");
    }
    let ids = ids(parts);
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "ids are unique: {ids:?}");
    for id in &ids {
        id.parse::<CustomId>().unwrap_or_else(|_| panic!("{id} comes back as garbage"));
    }
    for part in all {
        match part {
            Component::ActionRow(it) => {
                let selects = it
                    .components
                    .iter()
                    .filter(|it| matches!(it, Component::SelectMenu(_)))
                    .count();
                assert!((1..=5).contains(&it.components.len()));
                assert!(selects == 0 || it.components.len() == 1);
            }
            Component::Button(it) => {
                let label = it.label.as_deref().unwrap_or_default();
                assert!((1..=80).contains(&chars(label)), "{label}");
            }
            Component::SelectMenu(it) => select(it),
            Component::Container(it) => assert!(!it.components.is_empty()),
            _ => {}
        }
    }
}

fn select(menu: &SelectMenu) {
    assert!(chars(menu.placeholder.as_deref().unwrap_or_default()) <= 150);
    let (min, max) = (menu.min_values.unwrap_or(1), menu.max_values.unwrap_or(1));
    assert!(min <= max && (1..=25).contains(&max));
    if menu.kind == SelectMenuType::Text {
        let options = menu.options.as_deref().unwrap_or_default();
        assert!((1..=25).contains(&options.len()));
        assert!(usize::from(max) <= options.len());
        let values: HashSet<_> = options.iter().map(|it| &it.value).collect();
        assert_eq!(values.len(), options.len());
        assert!(options.iter().filter(|it| it.default).count() <= usize::from(max));
        for option in options {
            for text in [&option.label, &option.value] {
                assert!((1..=100).contains(&chars(text)), "{text}");
            }
            let description = option.description.as_deref().unwrap_or("x");
            assert!((1..=100).contains(&chars(description)));
        }
    } else if let Some(defaults) = &menu.default_values {
        assert!((usize::from(min)..=usize::from(max)).contains(&defaults.len()));
        assert_eq!(defaults.iter().collect::<HashSet<_>>().len(), defaults.len());
        for default in defaults {
            assert!(matches!(
                (default, menu.kind),
                (SelectDefaultValue::User(_), SelectMenuType::User)
                    | (SelectDefaultValue::Role(_), SelectMenuType::Role)
                    | (SelectDefaultValue::Channel(_), SelectMenuType::Channel)
            ));
        }
    }
}

/// A page that still takes a sentence above it: flows put an error there.
pub(super) fn composable(parts: &[Component]) {
    let sentence = super::reply::say("x".repeat(500));
    message(&[sentence, parts.to_vec()].concat());
}

/// A modal that Discord takes.
pub(super) fn modal(modal: Modal) {
    let id = modal.id.to_string();
    assert_eq!(id.parse(), Ok(modal.id.clone()));
    let data = modal.data();
    assert!((1..=45).contains(&chars(data.title.as_deref().unwrap_or_default())));
    assert_eq!(data.custom_id, Some(id));
    let components = data.components.expect("has fields");
    assert!((1..=5).contains(&components.len()));
    twilight_validate::message::components(&components, true)
        .unwrap_or_else(|error| panic!("{error}: {error:?}"));
    let mut names = HashSet::new();
    for component in &components {
        let Component::Label(label) = component else { panic!("not a label: {component:?}") };
        assert!((1..=45).contains(&chars(&label.label)), "{}", label.label);
        assert!(chars(label.description.as_deref().unwrap_or_default()) <= 100);
        let Component::TextInput(input) = &*label.component else { panic!("not a text input") };
        assert!(names.insert(&input.custom_id));
        assert!((1..=100).contains(&input.custom_id.len()));
        assert!(chars(input.placeholder.as_deref().unwrap_or_default()) <= 100);
        let max = usize::from(input.max_length.expect("bounded"));
        assert!((1..=4000).contains(&max));
        assert!(chars(input.value.as_deref().unwrap_or_default()) <= max);
    }
}
