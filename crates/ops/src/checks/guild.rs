//! Each guild the bot is in, read as a resumed session reads it.

use discord::{Call, CallError};
use domain::{
    ChannelId, Permissions, RoleId,
    plan::{ObservedGuild, Room, access},
};
use twilight_model::{
    channel::Channel,
    guild::{Guild, Member},
    id::{Id, marker::UserMarker},
    user::CurrentUserGuild,
};

use crate::{Finding, Scene, scene::DiscordSeat};

const PERMISSIONS: &str = "guild.permissions";
const POSITION: &str = "guild.role-position";
const ROOM: &str = "guild.room";
const CHANNELS: &str = "guild.channels";
/// Games that should still fit before somebody thinks about it.
const GAMES_AHEAD: usize = 5;

pub(super) async fn look(
    scene: &Scene,
    seat: &DiscordSeat,
    bot: Id<UserMarker>,
    guilds: &[&CurrentUserGuild],
) -> Vec<Finding> {
    if guilds.is_empty() {
        let invite = invite(seat, access::WANTED, None);
        let what = match scene.guild {
            Some(id) => format!("the bot is not in the server {id}"),
            None => "the bot is in no server yet".to_owned(),
        };
        return vec![
            Finding::warning(PERMISSIONS, what, format!("Invite it: {invite}")),
            Finding::ok(POSITION, "no server, no roles"),
            Finding::ok(ROOM, "no server, no games"),
            Finding::ok(CHANNELS, "no server, no channels"),
        ];
    }
    // A database that is not as it should be has findings of its own.
    let store = match &scene.database {
        Some(seat) => store::Store::open_as_is(&seat.config).await.ok().flatten(),
        None => None,
    };
    let mut findings = Vec::new();
    for guild in guilds {
        match read(seat, bot, guild.id).await {
            Ok(known) => findings.extend(one(seat, store.as_ref(), &known).await),
            Err(error) => findings.push(
                Finding::error(
                    PERMISSIONS,
                    format!("Discord did not let us look: {error}"),
                    "Ask again in a minute",
                )
                .of(guild.name.clone()),
            ),
        }
    }
    if let Some(store) = store {
        // Nothing was written; there is nothing to lose.
        let _ = store.close().await;
    }
    findings
}

async fn read(
    seat: &DiscordSeat,
    bot: Id<UserMarker>,
    id: domain::GuildId,
) -> Result<ObservedGuild, CallError> {
    let make = seat.rest.factory();
    let call = Call::interactive();
    let guild = seat.rest.send::<Guild>(make.guild(id), call).await?;
    let channels = seat.rest.send::<Vec<Channel>>(make.guild_channels(id), call).await?;
    let own = seat.rest.send::<Member>(make.guild_member(id, bot), call).await?;
    Ok(engine::observe::slim(&Guild { channels, members: vec![own], ..guild }, bot))
}

async fn one(
    seat: &DiscordSeat,
    store: Option<&store::Store>,
    known: &ObservedGuild,
) -> Vec<Finding> {
    let mut findings = permissions(seat, known);
    match store {
        Some(store) => match remembered(store, known).await {
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
    Ok(vec![position, room, channels(store, known, &settings).await?])
}

async fn channels(
    store: &store::Store,
    known: &ObservedGuild,
    settings: &domain::GuildSettings,
) -> Result<Finding, store::StoreError> {
    let panels = store.panels(known.id).await?;
    let mut wanted: Vec<(String, ChannelId)> =
        panels.iter().map(|panel| (format!("the {} panel", panel.kind), panel.channel)).collect();
    wanted.extend(settings.log_channel.map(|id| ("the log".to_owned(), id)));
    let gone: Vec<String> = wanted
        .iter()
        .filter(|(_, id)| !known.channels.contains_key(id))
        .map(|(what, id)| format!("{what} ({id})"))
        .collect();
    Ok(if gone.is_empty() {
        Finding::ok(CHANNELS, format!("{} channels are all there", wanted.len()))
    } else {
        Finding::error(
            CHANNELS,
            format!("the channel is gone of {}", gone.join(", ")),
            "/setupdashboard for panels, /settings for the log",
        )
    })
}

fn names(permissions: Permissions) -> String {
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
