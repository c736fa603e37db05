//! A sentence for everything that stands in a game's way, with what to do about it.

use domain::plan::Problem;

use super::{Words, args, permission, plain, step};

/// Most characters of Discord's own words that are shown.
const QUOTE: usize = 160;

/// What stands in the way.
pub fn problem(w: &Words, problem: &Problem) -> String {
    match problem {
        Problem::MissingPermissions { bits } => {
            w.with("problem-permissions", &args!["names" => permission::names(w, *bits)])
        }
        Problem::RoleAboveBot { slot } => {
            w.with("problem-role-above", &args!["slot" => step::slot(w, *slot)])
        }
        Problem::RolesFull { needed, left } => {
            w.with("problem-roles-full", &args!["needed" => *needed, "left" => *left])
        }
        Problem::ChannelsFull { needed, left } => {
            w.with("problem-channels-full", &args!["needed" => *needed, "left" => *left])
        }
        Problem::CategoryFull { needed, left } => {
            w.with("problem-category-full", &args!["needed" => *needed, "left" => *left])
        }
        Problem::ChangedByHand { slot, deleted: true } => {
            w.with("problem-deleted", &args!["slot" => step::slot(w, *slot)])
        }
        Problem::ChangedByHand { slot, deleted: false } => {
            w.with("problem-changed", &args!["slot" => step::slot(w, *slot)])
        }
        Problem::Refused { step, code, message } => w.with(
            "problem-refused",
            &args![
                "step" => plain::shorten(&plain::escape(step), QUOTE),
                "message" => plain::shorten(&plain::escape(message), QUOTE),
                "code" => code.to_string()
            ],
        ),
    }
}
