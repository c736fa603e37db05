//! Every view over extreme data, in both languages, against Discord's limits.

mod data;
mod history;
mod limits;

use domain::{
    Action, Emoji, Layout, Locale, Phase, Refusal, SeatState, Standing,
    audit::AuditKind,
    plan::{Bindings, Room},
    server::{Alert, ServerAction, ServerGrant, ServerState},
};
use engine::{
    Console, ConsoleLine, Correlation, DashboardCheck, Fault, Joined, LogTrouble, Mistake,
    PanelKind, Progress, ServerOutcome, ServerRights, UseError,
};
use twilight_model::id::Id;

use self::{
    data::{
        bindings, extreme_names, games, info, member_rows, new_game, preview, rows, server, summary,
    },
    limits::{composable, message, modal, texts},
};
use super::*;
use crate::{
    ids::{AuditQuery, CustomId, DraftId, Purpose, SeatAct},
    text::Words,
};

const COUNTS: [usize; 6] = [0, 1, 2, 25, 26, 400];
const PAGES: [u16; 4] = [0, 1, 15, u16::MAX];

fn both() -> [&'static Words; 2] {
    [Words::of(Locale::En), Words::of(Locale::De)]
}

fn draft() -> DraftId {
    DraftId::new("Z".repeat(32)).expect("has the form")
}

#[test]
fn panels() {
    for w in both() {
        for count in COUNTS {
            for heavy in [false, true] {
                let games = games(count, heavy);
                for room in [Room { roles: 0, channels: 0 }, Room { roles: 250, channels: 500 }] {
                    for lost in [&[][..], &PanelKind::ALL, &[PanelKind::Player; 3]] {
                        let layout = &Layout::SIMPLE;
                        let log = lost.first().map(|_| LogTrouble::Closed);
                        let panel = panel::AdminPanel { games: &games, room, layout, lost, log };
                        message(&panel::admin(w, &panel));
                    }
                }
                message(&panel::player(w, &games));
            }
        }
        for kind in PanelKind::ALL {
            message(&panel::posted(w, kind, Id::new(u64::MAX)));
            message(&panel::lost(w, kind));
            for many in [1, 300] {
                let findings = [
                    DashboardCheck::MissingGuildPermissions(domain::Permissions::all()),
                    DashboardCheck::MissingChannelPermissions(
                        Id::new(u64::MAX),
                        domain::Permissions::VIEW_CHANNEL,
                    ),
                    DashboardCheck::RoleTooLow {
                        bot_role: Some(Id::new(u64::MAX)),
                        above: vec![Id::new(u64::MAX); many],
                    },
                    DashboardCheck::NoRoomForGames(Room { roles: 0, channels: 0 }),
                    DashboardCheck::ChannelUnusable(Id::new(1)),
                ];
                message(&panel::findings(w, kind, Id::new(u64::MAX), &findings));
            }
        }
    }
}

#[test]
fn a_panel_shows_every_game_or_says_how_many_more() {
    let w = Words::of(Locale::En);
    for count in [1, 25, 26, 400] {
        let games = games(count, false);
        let layout = &Layout::SIMPLE;
        let room = Room { roles: 3, channels: 9 };
        let panel = panel::AdminPanel { games: &games, room, layout, lost: &[], log: None };
        for parts in [panel::admin(w, &panel), panel::player(w, &games)] {
            let said = texts(&parts).join("\n");
            let shown = games.iter().filter(|it| said.contains(it.game.name.as_str())).count();
            assert!(shown >= count.min(20), "{shown} of {count}");
            assert_eq!(shown < count, said.contains("… and"), "{count}");
        }
    }
}

#[test]
fn the_player_panel_has_a_select_as_long_as_it_holds_all() {
    let w = Words::of(Locale::En);
    let id = CustomId::Picked(Purpose::Join, 0).to_string();
    for (count, expected) in [(0, false), (1, true), (25, true), (26, false), (400, false)] {
        let ids = limits::ids(&panel::player(w, &games(count, false)));
        assert_eq!(ids.contains(&id), expected, "{count}");
    }
}

#[test]
fn pickers_reach_every_game() {
    for w in both() {
        for purpose in Purpose::ALL.iter().copied() {
            for count in COUNTS {
                for heavy in [false, true] {
                    let games = games(count, heavy);
                    for page in PAGES {
                        message(&pick::pick(w, purpose, &games, page));
                    }
                    let fitting: Vec<String> = games
                        .iter()
                        .filter(|it| pick::fits(purpose, it))
                        .map(|it| it.game.id.to_string())
                        .collect();
                    let pages = u16::try_from(fitting.len().div_ceil(25)).expect("few");
                    let reached: Vec<String> = (0..pages)
                        .flat_map(|page| limits::values(&pick::pick(w, purpose, &games, page)))
                        .collect();
                    assert_eq!(reached, fitting);
                }
            }
        }
    }
}

#[test]
fn lists_and_single_games() {
    for w in both() {
        for count in COUNTS {
            for heavy in [false, true] {
                let games = games(count, heavy);
                let mine: Vec<_> = games
                    .iter()
                    .cloned()
                    .zip([SeatState::Seated, SeatState::Requested].into_iter().cycle())
                    .collect();
                for page in PAGES {
                    message(&games::list(w, &games, page));
                    message(&games::mine(w, &mine, page));
                }
            }
        }
        for phase in data::PHASES {
            for standing in [Standing::Player, Standing::GameAdmin, Standing::CommunityAdmin] {
                for (seat, admins) in [
                    (None, 0),
                    (Some(SeatState::Requested), 1),
                    (Some(SeatState::Seated), 25),
                    (Some(SeatState::Left), 400),
                ] {
                    let info = info(phase, standing, seat, admins);
                    message(&games::info(w, &info));
                    let parts = manage::page(w, &info);
                    message(&parts);
                    composable(&parts);
                }
            }
        }
    }
}

#[test]
fn a_list_page_shows_all_its_games() {
    let w = Words::of(Locale::De);
    for (index, heavy) in [false, true].into_iter().enumerate() {
        let games = games(10, heavy);
        let said = texts(&games::list(w, &games, 0)).join("\n");
        let lines = said.lines().filter(|line| line.contains("**")).count();
        assert!(lines >= 10, "{index}: {lines} of 10 games");
    }
}

#[test]
fn members_pages() {
    for w in both() {
        for count in COUNTS {
            for requested in [0, 1, 6, 7, 30] {
                let rows = member_rows(count, requested);
                for manage in [false, true] {
                    for page in PAGES {
                        message(&members::page(w, &summary(3, true), &rows, page, manage));
                    }
                }
            }
        }
    }
}

#[test]
fn members_pages_reach_everyone_one_may_see() {
    let w = Words::of(Locale::En);
    let rows = member_rows(60, 13);
    for manage in [false, true] {
        let all: String = (0..20)
            .flat_map(|page| texts(&members::page(w, &summary(1, false), &rows, page, manage)))
            .collect();
        for row in &rows {
            let visible = manage || row.state == SeatState::Seated;
            assert_eq!(all.contains(&format!("<@{}>", row.user)), visible, "{}", row.user);
        }
    }
}

#[test]
fn making_a_game() {
    for w in both() {
        modal(create::simple_modal(w));
        modal(create::words_modal(w, &draft(), None));
        for heavy in [false, true] {
            for new in extreme_names().into_iter().map(|name| new_game(&name, heavy)) {
                modal(create::words_modal(w, &draft(), Some(&new)));
                let parts = create::form(w, &draft(), &new);
                message(&parts);
                composable(&parts);
                for (steps, problems) in [(0, 0), (1, 0), (13, 0), (400, 0), (0, 1), (400, 7)] {
                    let preview = preview(steps, problems);
                    message(&create::preview(w, &draft(), &new, &preview));
                }
            }
        }
    }
}

#[test]
fn a_blocked_plan_cannot_be_confirmed() {
    let w = Words::of(Locale::En);
    let new = new_game("Chess", false);
    let dead =
        |problems| limits::disabled(&create::preview(w, &draft(), &new, &preview(3, problems)));
    assert!(dead(0).is_empty());
    assert_eq!(dead(1).len(), 1);
}

#[test]
fn changing_and_ending_a_game() {
    for w in both() {
        for heavy in [false, true] {
            for mut summary in games(26, heavy) {
                modal(manage::words_modal(w, &summary.game));
                modal(confirm::delete_modal(w, &summary.game));
                for phase in data::PHASES {
                    summary.game.phase = phase;
                    message(&confirm::archive(w, &summary));
                    message(&confirm::restore(w, &summary));
                    for (steps, problems) in [(0, 0), (0, 2), (400, 7)] {
                        let preview = preview(steps, problems);
                        message(&confirm::delete(w, &summary, &preview));
                        message(&confirm::repair(w, &summary, &preview));
                    }
                }
            }
        }
    }
}

#[test]
fn requests_and_replies() {
    let correlation = Correlation("3W5E11264SGSF".into());
    let user = Id::new(u64::MAX);
    for w in both() {
        for heavy in [false, true] {
            for summary in games(6, heavy) {
                let game = &summary.game;
                message(&requests::ask(w, game, user, None));
                message(&requests::ask(w, game, user, Some(Id::new(u64::MAX))));
                for act in SeatAct::ALL {
                    message(&requests::decided(w, game, user, *act, user));
                }
                message(&reply::joined(w, game, Joined::Requested, None));
                message(&reply::joined(w, game, Joined::Seated, None));
                message(&reply::joined(w, game, Joined::Seated, Some(Id::new(u64::MAX))));
                message(&reply::left(w, game));
                message(&reply::appointed(w, game, user, true));
                message(&reply::appointed(w, game, user, false));
                message(&reply::deleted(w, &game.title()));
                message(&reply::deleted(w, ""));
                for kind in AuditKind::ALL {
                    for progress in data::progresses() {
                        message(&reply::working(w, &game.title(), kind, &progress));
                    }
                    message(&reply::settled(w, &summary, &bindings(), kind));
                    message(&reply::settled(w, &summary, &Bindings::default(), kind));
                }
            }
        }
        for error in [
            UseError::Mistake(Mistake::NoSuchGame),
            UseError::Mistake(Mistake::NotReady(vec![
                DashboardCheck::MissingGuildPermissions(
                    domain::Permissions::all()
                );
                40
            ])),
            UseError::Refused(Refusal {
                action: Action::DeleteGame,
                needs: Standing::CommunityAdmin,
                is: Standing::Player,
            }),
            UseError::Fault(Fault::Corrupt("x".into())),
        ] {
            message(&reply::error(w, &error, &correlation));
        }
        for parts in [
            reply::stale(w),
            reply::starting(w),
            reply::server_only(w),
            reply::cancelled(w),
            reply::closed(w),
            reply::saved(w),
            reply::try_again(w, 0),
            reply::try_again(w, 86_400),
            reply::say("x".repeat(9000)),
        ] {
            message(&parts);
        }
        for standing in [Standing::Player, Standing::GameAdmin, Standing::CommunityAdmin] {
            message(&help::page(w, standing));
        }
    }
}

#[test]
fn what_is_done_says_where_it_is() {
    let w = Words::of(Locale::En);
    let mut summary = summary(1, false);
    summary.game.phase = Phase::Active;
    let said = texts(&reply::settled(w, &summary, &bindings(), AuditKind::GameCreated)).join("\n");
    assert!(said.contains("is ready") && said.contains("<#"), "{said}");
    let progress =
        Progress { done: 3, total: 7, step: Some("create role".into()), ..Progress::default() };
    let said =
        texts(&reply::working(w, "<:x:1> a*b", AuditKind::GameCreated, &progress)).join("\n");
    assert!(said.contains("<:x:1> a\\*b") && said.contains("3 of 7"), "{said}");
}

#[test]
fn audit_pages_and_log() {
    let full = AuditQuery {
        game: Some(domain::GameId(i64::MAX)),
        person: Some(Id::new(u64::MAX)),
        kind: Some(AuditKind::ActionRefused),
        before: Some(i64::MAX),
    };
    for w in both() {
        for count in [0, 1, 20, 400] {
            for heavy in [false, true] {
                let rows = rows(count, heavy);
                for query in [AuditQuery::default(), full.clone()] {
                    for more in [false, true] {
                        message(&audit::page(w, &query, &rows, more));
                    }
                }
                let log = audit::log(w, &rows);
                assert_eq!(log.iter().map(|(_, rows)| rows).sum::<usize>(), count);
                for (parts, _) in &log {
                    message(parts);
                }
            }
        }
    }
}

#[test]
fn settings_pages() {
    for w in both() {
        for roles in [0, 1, 25, 26, 250] {
            for lost in [&[][..], &PanelKind::ALL] {
                let settings = data::settings(roles);
                let log = lost.first().map(|_| LogTrouble::Closed);
                let parts = settings::page(w, &settings, lost, log);
                message(&parts);
                composable(&parts);
            }
        }
    }
}

#[test]
fn emoji_of_both_kinds_stand_beside_options() {
    let custom = Emoji::Custom { id: 7, name: "dice".into(), animated: true };
    assert!(part::reaction(&custom).is_some());
    let broken = Emoji::Custom { id: 0, name: "dice".into(), animated: true };
    assert!(part::reaction(&broken).is_none());
}

#[test]
fn game_servers() {
    let role = Id::new(u64::MAX);
    for w in both() {
        for (state, heavy) in ServerState::ALL.into_iter().flat_map(|it| [(it, false), (it, true)])
        {
            let view = server(state, heavy);
            message(&servers::list(w, &vec![view.clone(); 400]));
            message(&servers::page(w, &view));
            message(&servers::tied(w, &view));
            message(&servers::backup(w, &view));
            for action in ServerAction::ALL {
                message(&servers::working(w, action));
                message(&servers::confirm(w, &view, action));
                for outcome in [ServerOutcome::Done, ServerOutcome::Failed, ServerOutcome::UnderWay]
                {
                    message(&servers::outcome(w, &view, action, outcome));
                }
            }
            message(&server_card::live(w, &view));
            for alert in [
                Alert::Crashed,
                Alert::Offline,
                Alert::Unreachable,
                Alert::Back { after_ms: 0 },
                Alert::Back { after_ms: i64::MAX },
                Alert::Crowded { online: u32::MAX },
            ] {
                message(&server_card::alert(w, &view, alert, i64::MAX));
            }
            message(&server_settings::card_placed(w, &view, Id::new(u64::MAX)));
            message(&server_card::gone(w));
            message(&server_settings::card_removed(w, &view));
            message(&server_settings::alerts(w, &view, 0));
            let actions = ServerAction::ALL.into_iter().collect();
            for count in [0, 1, 300] {
                let grants = vec![ServerGrant { role, actions }; count];
                let rights = ServerRights { view: view.clone(), grants };
                message(&server_settings::rights(w, &rights, None));
                message(&server_settings::rights(w, &rights, Some(role)));
            }
            for count in [0, 200] {
                let line = ConsoleLine {
                    at: None,
                    source: "```".repeat(100),
                    text: "```".repeat(1_000),
                    kind: "Chat".to_owned(),
                };
                let lines = vec![line; count];
                message(&server_console::page(w, &Console { view: view.clone(), lines }));
            }
            modal(server_console::modal(w, &view));
        }
    }
}
