//! What to fix before the bot can work in a guild or a channel.

use engine::DashboardCheck;

use super::{Words, args, permission, plain};

/// Most roles named in one finding.
const ROLES_SHOWN: usize = 8;

/// One finding, with the way to the setting.
pub fn finding(w: &Words, finding: &DashboardCheck) -> String {
    match finding {
        DashboardCheck::MissingGuildPermissions(bits) => {
            w.with("check-guild-permissions", &args!["names" => permission::names(w, *bits)])
        }
        DashboardCheck::MissingChannelPermissions(channel, bits) => w.with(
            "check-channel-permissions",
            &args![
                "channel" => plain::channel(*channel),
                "names" => permission::names(w, *bits)
            ],
        ),
        DashboardCheck::RoleTooLow { bot_role, above } => {
            let above: Vec<String> = above.iter().map(|role| plain::role(*role)).collect();
            w.with(
                "check-role-low",
                &args![
                    "bot" => bot_role.map_or_else(|| w.get("the-bot"), plain::role),
                    "roles" => plain::short_list(w, &above, ROLES_SHOWN)
                ],
            )
        }
        DashboardCheck::NoRoomForGames(_) => w.get("check-no-room"),
        DashboardCheck::ChannelUnusable(channel) => {
            w.with("check-channel-unusable", &args!["channel" => plain::channel(*channel)])
        }
    }
}
