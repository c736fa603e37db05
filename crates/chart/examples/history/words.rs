//! English and German words for the pictures of the example and the tests. The bot has its own.

use super::Labels;

fn owned<const N: usize>(words: [&str; N]) -> [String; N] {
    words.map(str::to_owned)
}

pub(crate) fn english() -> Labels {
    Labels {
        day: "last 24 hours".into(),
        week: "last 7 days".into(),
        month: "last 30 days".into(),
        uptime: "available".into(),
        mean: "average".into(),
        peak: "peak".into(),
        average: "players, average".into(),
        maximum: "players, maximum".into(),
        capacity: "capacity {number}".into(),
        online: "online".into(),
        changing: "starting, stopping, updating".into(),
        sleeping: "sleeping".into(),
        offline: "offline".into(),
        crashed: "crashed".into(),
        suspended: "suspended".into(),
        unknown: "unknown".into(),
        nothing: "No player counts are known for this time".into(),
        weekdays: owned(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
        months: owned([
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]),
        weekday: "{weekday} {day}".into(),
        date: "{day} {month}".into(),
        percent: "{number}%".into(),
        decimal: ".".into(),
        description: "{title}: players in the {span} ({from} to {to}, UTC). {uptime} available; \
                      {mean} players on average, {peak} at most."
            .into(),
        description_nothing: "{title}: nothing is known of the {span} ({from} to {to}, UTC)."
            .into(),
    }
}

pub(crate) fn german() -> Labels {
    Labels {
        day: "letzte 24 Stunden".into(),
        week: "letzte 7 Tage".into(),
        month: "letzte 30 Tage".into(),
        uptime: "verfügbar".into(),
        mean: "im Mittel".into(),
        peak: "höchstens".into(),
        average: "Spieler im Mittel".into(),
        maximum: "höchstens".into(),
        capacity: "Plätze: {number}".into(),
        online: "online".into(),
        changing: "startet, stoppt, aktualisiert".into(),
        sleeping: "schläft".into(),
        offline: "offline".into(),
        crashed: "abgestürzt".into(),
        suspended: "gesperrt".into(),
        unknown: "unbekannt".into(),
        nothing: "Für diese Zeit sind keine Spielerzahlen bekannt".into(),
        weekdays: owned(["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]),
        months: owned([
            "Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.",
            "Dez.",
        ]),
        weekday: "{weekday} {day}.".into(),
        date: "{day}. {month}".into(),
        percent: "{number} %".into(),
        decimal: ",".into(),
        description: "{title}: Spieler, {span} ({from} bis {to}, UTC). Zu {uptime} verfügbar; im \
                      Mittel {mean} Spieler, höchstens {peak}."
            .into(),
        description_nothing: "{title}: nichts bekannt, {span} ({from} bis {to}, UTC).".into(),
    }
}
