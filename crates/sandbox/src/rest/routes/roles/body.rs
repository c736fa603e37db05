//! The body of create and update.

use crate::error::ApiError;
use crate::rest::Form;
use crate::world::{Guild, RoleColors, RolePatch};

/// The one holographic style: any `tertiary_color` gives exactly these three (topics/permissions, "Role Colors
/// Object").
const HOLOGRAPHIC: RoleColors =
    RoleColors { primary: 11_127_295, secondary: Some(16_759_788), tertiary: Some(16_761_760) };

/// Highest colour.
const WHITE: i64 = 0x00ff_ffff;

/// Reads the fields. `color` is the deprecated spelling of `colors.primary_color`; an uploaded icon is accepted but
/// not kept.
pub(super) fn patch(form: &mut Form<'_>) -> RolePatch {
    let colors = form.object("colors", |form| {
        let primary = form.int("primary_color", 0..=WHITE).value();
        let secondary = form.int("secondary_color", 0..=WHITE).value();
        let tertiary = form.int("tertiary_color", 0..=WHITE).value();
        if tertiary.is_some() {
            return HOLOGRAPHIC;
        }
        RoleColors {
            primary: primary.map_or(0, color),
            secondary: secondary.map(color),
            tertiary: None,
        }
    });
    let plain = form.int("color", 0..=WHITE).value();
    let plain = plain.map(|number| RoleColors { primary: color(number), ..RoleColors::default() });
    form.ignore(&["icon"]);
    RolePatch {
        name: form.text("name", 1..=100).value(),
        permissions: form.permissions("permissions").value(),
        colors: colors.value().or(plain),
        hoist: form.boolean("hoist").value(),
        mentionable: form.boolean("mentionable").value(),
        unicode_emoji: form.text("unicode_emoji", 0..=100).patch(),
    }
}

fn color(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// Gradients need ENHANCED_ROLE_COLORS, icons ROLE_ICONS; the code is that of other things boosts unlock.
pub(super) fn check_features(patch: &RolePatch, guild: &Guild) -> Result<(), ApiError> {
    let has = |name: &str| guild.features.iter().any(|feature| feature == name);
    let gradient = patch.colors.is_some_and(|colors| colors.secondary.is_some());
    let icon = patch.unicode_emoji.as_ref().is_some_and(Option::is_some);
    if gradient && !has("ENHANCED_ROLE_COLORS") || icon && !has("ROLE_ICONS") {
        return Err(ApiError::needs_boosts());
    }
    Ok(())
}
