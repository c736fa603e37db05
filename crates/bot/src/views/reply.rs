//! Answers: one sentence, progress, the end of long work.

use domain::{ChannelId, Game, Locale, UserId, audit::AuditKind, plan::Bindings};
use engine::{Correlation, GameSummary, Joined, Progress, UseError};
use twilight_model::channel::message::component::ButtonStyle;

use super::{
    Parts, games,
    part::{Tone, button, row, sheet, text},
};
use crate::{
    ids::{CustomId, GameAct},
    text::{Words, args, fact, key, mistake, plain},
};

/// One sentence.
pub fn say(said: impl Into<String>) -> Parts {
    sheet(Tone::Plain, vec![text(said)])
}

/// Why it was not done.
pub fn error(w: &Words, error: &UseError, correlation: &Correlation) -> Parts {
    let tone = match error {
        UseError::Mistake(_) | UseError::Panel(_) => Tone::Attention,
        UseError::Refused(_) | UseError::ServerRefused(_) | UseError::Fault(_) => Tone::Danger,
    };
    sheet(tone, vec![text(mistake::error(w, error, correlation))])
}

/// Asked too much at once. `seconds` is at least one.
pub fn try_again(w: &Words, seconds: u64) -> Parts {
    let said = w.with("reply-busy", &args!["seconds" => seconds.max(1)]);
    sheet(Tone::Attention, vec![text(said)])
}

/// A button or form that is not ours any more.
pub fn stale(w: &Words) -> Parts {
    sheet(Tone::Attention, vec![text(w.get("reply-stale"))])
}

/// Not ready yet after a start.
pub fn starting(w: &Words) -> Parts {
    sheet(Tone::Attention, vec![text(w.get("reply-starting"))])
}

/// Used outside a guild.
pub fn server_only(w: &Words) -> Parts {
    say(w.get("reply-server-only"))
}

/// Stopped by the person.
pub fn cancelled(w: &Words) -> Parts {
    say(w.get("reply-cancelled"))
}

/// What an ephemeral message becomes when it cannot be deleted.
pub fn closed(w: &Words) -> Parts {
    say(w.get("reply-closed"))
}

/// Settings or facts are saved, and nothing else is to be said.
pub fn saved(w: &Words) -> Parts {
    sheet(Tone::Good, vec![text(w.get("reply-saved"))])
}

/// In, or asked. `chat` is where to go next.
pub fn joined(w: &Words, game: &Game, joined: Joined, chat: Option<ChannelId>) -> Parts {
    let title = fact::title(game);
    let said = match (joined, chat) {
        (Joined::Requested, _) => w.with("reply-requested", &args!["title" => title]),
        (Joined::Seated, Some(chat)) => w.with(
            "reply-joined-where",
            &args!["title" => title, "channel" => plain::channel(chat)],
        ),
        (Joined::Seated, None) => w.with("reply-joined", &args!["title" => title]),
    };
    sheet(Tone::Good, vec![text(said)])
}

/// Out.
pub fn left(w: &Words, game: &Game) -> Parts {
    sheet(Tone::Plain, vec![text(w.with("reply-left", &args!["title" => fact::title(game)]))])
}

/// Somebody became a game admin, or is not one any more.
pub fn appointed(w: &Words, game: &Game, person: UserId, appointed: bool) -> Parts {
    let args = args!["person" => plain::person(person), "title" => fact::title(game)];
    let key = if appointed { key!("reply-appointed") } else { key!("reply-dismissed") };
    sheet(Tone::Good, vec![text(w.with(key, &args))])
}

/// Work has begun or goes on. `title` is the game's as [`Game::title`] makes it.
pub fn working(w: &Words, title: &str, kind: AuditKind, progress: &Progress) -> Parts {
    let key = match kind {
        AuditKind::GameCreated => key!("doing-created"),
        AuditKind::GameEdited => key!("doing-edited"),
        AuditKind::GameArchived => key!("doing-archived"),
        AuditKind::GameRestored => key!("doing-restored"),
        AuditKind::GameDeleted => key!("doing-deleted"),
        AuditKind::GameRepaired => key!("doing-repaired"),
        _ => key!("doing-other"),
    };
    let mut said = w.with(key, &args!["title" => plain::safe(title)]);
    said.push('\n');
    if progress.total == 0 {
        said.push_str(&w.get("work-begin"));
    } else {
        let bar = plain::bar(progress.done, progress.total);
        let args = args!["bar" => bar, "done" => progress.done, "total" => progress.total];
        said.push_str(&w.with("work-bar", &args));
        // The plan words its steps in English; better none than two languages in one answer.
        if let Some(step) = progress.step.as_ref().filter(|_| w.locale() == Locale::En) {
            said.push('\n');
            let step = plain::shorten(&plain::escape(step), 200);
            said.push_str(&w.with("work-step", &args!["step" => step]));
        }
    }
    let Some(at) = progress.retry_at else { return sheet(Tone::Plain, vec![text(said)]) };
    said = format!("{said}\n{}", w.with("work-retry", &args!["when" => plain::when(at)]));
    if let Some(reason) = progress.waiting_for.as_ref().filter(|_| w.locale() == Locale::En) {
        let reason = plain::shorten(&plain::escape(reason), 200);
        said = format!("{said}\n{}", w.with("work-reason", &args!["reason" => reason]));
    }
    sheet(Tone::Attention, vec![text(said)])
}

/// Work came to its end: done, or something stands in the way.
pub fn settled(w: &Words, summary: &GameSummary, bindings: &Bindings, kind: AuditKind) -> Parts {
    let game = &summary.game;
    let args = args!["title" => fact::title(game)];
    if let Some(problems) = games::problems(w, summary) {
        let repair = CustomId::Game(GameAct::RepairAsk, game.id);
        return sheet(
            Tone::Attention,
            vec![
                text(w.with("stuck", &args)),
                problems,
                text(w.get("stuck-next")),
                row(vec![button(ButtonStyle::Primary, &repair, &w.get("button-repair"))]),
            ],
        );
    }
    let key = match kind {
        AuditKind::GameCreated => key!("done-created"),
        AuditKind::GameEdited => key!("done-edited"),
        AuditKind::GameArchived => key!("done-archived"),
        AuditKind::GameRestored => key!("done-restored"),
        AuditKind::GameDeleted => return deleted(w, &game.title()),
        AuditKind::GameRepaired => key!("done-repaired"),
        _ => key!("done-other"),
    };
    let mut said = w.with(key, &args);
    let channels = games::channels(bindings);
    let shown = matches!(kind, AuditKind::GameCreated | AuditKind::GameRestored);
    if shown && !channels.is_empty() {
        let where_to = w.with("done-where", &args!["channels" => plain::list(w, &channels)]);
        said = format!("{said}\n{where_to}");
    }
    if kind == AuditKind::GameCreated {
        said = format!("{said}\n{}", w.get("done-next"));
    }
    sheet(Tone::Good, vec![text(said)])
}

/// A game is gone from Discord. `title` is the game's as [`Game::title`] makes it, or empty when
/// nobody knows it any more.
pub fn deleted(w: &Words, title: &str) -> Parts {
    if title.is_empty() {
        return sheet(Tone::Good, vec![text(w.get("done-deleted-unnamed"))]);
    }
    sheet(Tone::Good, vec![text(w.with("done-deleted", &args!["title" => plain::safe(title)]))])
}
