//! Each guild the bot is in, read as a resumed session reads it.

use discord::Call;
use domain::{
    ChannelId, Permissions, RoleId,
    plan::{ObservedGuild, Room, access},
};
use twilight_model::{
    id::{Id, marker::UserMarker},
    user::CurrentUserGuild,
};

use super::{channels, notes::Notes};
use crate::{Finding, Scene, scene::DiscordSeat};

const PERMISSIONS: &str = "guild.permissions";
const POSITION: &str = "guild.role-position";
const ROOM: &str = "guild.room";
const CHANNELS: &str = "guild.channels";
const CHECKS: &[&str] = &[PERMISSIONS, POSITION, ROOM, CHANNELS];
/// Guilds that are looked at, so that a doctor of a large bot does not use up its rate limits.
const MOST_GUILDS: usize = 50;
/// Games that should still fit before somebody thinks about it.
const GAMES_AHEAD: usize = 5;

pub(super) async fn look(
    scene: &Scene,
    seat: &DiscordSeat,
    bot: Id<UserMarker>,
    guilds: &[&CurrentUserGuild],
    notes: &mut Notes,
) {
    if guilds.is_empty() {
        let invite = invite(seat, access::WANTED, None);
        let what = match scene.guild {
            Some(id) => format!("the bot is not in the server {id}"),
            None => "the bot is in no server yet".to_owned(),
        };
        notes.push(Finding::warning(PERMISSIONS, what, format!("Invite it: {invite}")));
        let rest = [POSITION, ROOM, CHANNELS];
        return notes.extend(rest.map(|check| Finding::skipped(check, "see guild.permissions")));
    }
    // A database that is not as it should be has findings of its own.
    let store = match &scene.database {
        Some(seat) => store::Store::open_as_is(&seat.config).await.ok().flatten(),
        None => None,
    };
    let dashboard = scene.settings.get("DASHBOARD_CHANNEL_ID").and_then(|id| id.parse().ok());
    let mut seen = false;
    for (done, guild) in guilds.iter().take(MOST_GUILDS).enumerate() {
        notes.many(CHECKS, (done, guilds.len()), "servers");
        let asked = Box::pin(engine::observe::ask(&seat.rest, bot, guild.id, Call::interactive()));
        match asked.await.map(|guild| engine::observe::slim(&guild, bot)) {
            Ok(known) => {
                seen |= dashboard.is_some_and(|channel| known.channels.contains_key(&channel));
                notes.extend(one(seat, store.as_ref(), &known, dashboard).await);
            }
            Err(error) => {
                // Its channel may be there.
                seen = true;
                notes.push(
                    Finding::error(
                        PERMISSIONS,
                        format!("Discord did not let us look: {error}"),
                        "Ask again in a minute",
                    )
                    .of(guild.name.clone()),
                );
            }
        }
    }
    if guilds.len() > MOST_GUILDS {
        notes.many(CHECKS, (MOST_GUILDS, guilds.len()), "servers");
        notes.leave_the_rest("gamekeeper doctor --guild ID looks at one of the others");
    } else if scene.guild.is_none() && !seen {
        notes.extend(dashboard.map(channels::nowhere));
    }
    if let Some(store) = store {
        // Nothing was written; there is nothing to lose.
        let _ = store.close().await;
    }
}

async fn one(
    seat: &DiscordSeat,
    store: Option<&store::Store>,
    known: &ObservedGuild,
    dashboard: Option<ChannelId>,
) -> Vec<Finding> {
    let mut findings = permissions(seat, known);
    match store {
        Some(store) => match remembered(store, known, dashboard).await {
            Ok(more) => findings.extend(more),
            Err(error) => {
                let why = format!("the database did not say what is in use: {error}");
                findings
                    .extend([POSITION, ROOM, CHANNELS].map(|check| Finding::skipped(check, &why)));
            }
        },
        None => findings.extend(
            [POSITION, ROOM, CHANNELS]
                .map(|check| Finding::skipped(check, "needs the database, see database.reach")),
        ),
    }
    let name = known.name.to_string();
    findings.into_iter().map(|finding| finding.of(name.clone())).collect()
}

fn permissions(seat: &DiscordSeat, known: &ObservedGuild) -> Vec<Finding> {
    let held = known.bot_permissions();
    let invite = invite(seat, access::WANTED, Some(known));
    let mut findings: Vec<Finding> = access::FEATURES
        .iter()
        .filter_map(|(feature, wanted)| {
            let missing = *wanted - held;
            if missing.is_empty() {
                return None;
            }
            let what = format!("{feature}: the bot lacks {}", names(missing));
            let cure = format!("Invite it once more, nothing is lost: {invite}");
            let needed = !(access::NEEDED - held).is_empty() && access::NEEDED.contains(missing);
            Some(if needed {
                Finding::error(PERMISSIONS, what, cure)
            } else {
                Finding::warning(PERMISSIONS, what, cure)
            })
        })
        .collect();
    if known.bot.user != known.owner && held == Permissions::all() {
        findings.push(Finding::warning(
            PERMISSIONS,
            "the bot is an administrator, which it never needs",
            format!("Take Administrator from its role, then invite it once more: {invite}"),
        ));
    }
    if findings.is_empty() {
        findings.push(Finding::ok(PERMISSIONS, "the bot may do all it is there for"));
    }
    findings
}

async fn remembered(
    store: &store::Store,
    known: &ObservedGuild,
    dashboard: Option<ChannelId>,
) -> Result<Vec<Finding>, store::StoreError> {
    let bound = store.bindings_of_guild(known.id).await?;
    let above: Vec<String> = bound
        .iter()
        .filter(|(_, slot, _)| slot.is_role())
        .filter_map(|(_, _, id)| RoleId::new_checked(*id))
        .filter(|role| !known.bot_outranks(*role))
        .filter_map(|role| known.roles.get(&role).map(|role| role.name.to_string()))
        .collect();
    let position = if above.is_empty() {
        Finding::ok(POSITION, "the bot's role is above all roles of games")
    } else {
        Finding::error(
            POSITION,
            format!("the bot's role is below {}, which it then cannot give", above.join(", ")),
            "Server Settings, Roles: drag the bot's role above them",
        )
    };
    let settings = store.settings(known.id).await?;
    let room = Room::of(known);
    let games = room.games(&settings.default_layout);
    let left = format!(
        "room for {games} more games ({} roles and {} channels left)",
        room.roles, room.channels
    );
    let room = match games {
        0 => Finding::error(ROOM, left, "Delete archived games or unused channels and roles"),
        1..GAMES_AHEAD => {
            Finding::warning(ROOM, left, "Delete archived games or unused channels and roles soon")
        }
        _ => Finding::ok(ROOM, left),
    };
    let mut findings = vec![position, room];
    findings.extend(channels::look(store, known, settings.log_channel, dashboard).await?);
    Ok(findings)
}

pub(super) fn names(permissions: Permissions) -> String {
    let names: Vec<String> = permissions
        .iter_names()
        .map(|(name, _)| {
            let words = name.split('_').map(|word| {
                let (first, rest) = word.split_at(1.min(word.len()));
                format!("{first}{}", rest.to_ascii_lowercase())
            });
            words.collect::<Vec<_>>().join(" ")
        })
        .collect();
    names.join(", ")
}

/// The link that gives the bot what it needs, for those who may invite it.
fn invite(seat: &DiscordSeat, wanted: Permissions, guild: Option<&ObservedGuild>) -> String {
    let guild = guild.map(|guild| format!("&guild_id={}", guild.id)).unwrap_or_default();
    format!(
        "https://discord.com/oauth2/authorize?client_id={}&permissions={}&scope=bot{guild}",
        seat.application,
        wanted.bits()
    )
}
