//! Draws a lively time: `cargo run -p chart --example history -- FILE [day|week|month] [en|de]`.

#![expect(clippy::print_stdout, reason = "a program for people")]

mod words;

use std::error::Error;

use chart::{History, Labels, Players, Span, State, Stretch};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("which file?")?;
    let span = match arguments.next().as_deref() {
        None | Some("week") => Span::Week,
        Some("day") => Span::Day,
        Some("month") => Span::Month,
        Some(other) => return Err(format!("no span: {other}").into()),
    };
    let german = arguments.next().as_deref() == Some("de");
    let history = lively(span, german);
    std::fs::write(file, chart::draw(&history)?)?;
    println!("{}", chart::describe(&history));
    Ok(())
}

const HOUR: i64 = 3600;
/// Friday, 27 November 2026, 14:37 UTC.
const NOW: i64 = 1_795_790_220;

fn lively(span: Span, german: bool) -> History {
    let start = NOW - Span::Month.seconds();
    let states = states(start);
    let mut players = vec![];
    let mut chance: u32 = 20;
    let mut at = start - start.rem_euclid(300);
    while at < NOW {
        let to = at + 300;
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = f64::from(chance >> 16) / 65_536.0;
        let online =
            states.iter().any(|it| it.state == State::Online && it.from <= at && to <= it.to);
        if online {
            let average = (evening(at) + noise * 1.4 - 0.7).clamp(0.0, 19.0);
            let maximum = (average + noise * 4.0 * (average / 6.0).min(1.0)).round().min(20.0);
            players.push(Players { from: at, to, average, maximum: maximum_of(maximum) });
        } else if states
            .iter()
            .any(|it| it.state == State::Sleeping && it.from <= at && to <= it.to)
        {
            players.push(Players { from: at, to, average: 0.0, maximum: 0 });
        }
        at = to;
    }
    History {
        title: if german { "Höhlenforscher (Überleben) 🏰" } else { "Aurora Survival 🏰" }.into(),
        span,
        until: NOW,
        capacity: Some(20),
        players,
        states,
        labels: if german { words::german() } else { words::english() },
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 20")]
fn maximum_of(players: f64) -> u32 {
    players as u32
}

/// Nobody at noon, many at eight in the evening, more at the weekend.
fn evening(at: i64) -> f64 {
    let hour = f64::from(i32::try_from(at.rem_euclid(24 * HOUR)).unwrap_or(0)) / 3600.0;
    let weekday = (at.div_euclid(24 * HOUR) + 3).rem_euclid(7);
    let crowd = [7.0, 8.0, 7.0, 9.0, 12.0, 15.0, 13.0][usize::try_from(weekday).unwrap_or(0)];
    let wave = |middle: f64, width: f64| (-((hour - middle) / width).powi(2)).exp();
    crowd * (wave(20.0, 3.2) + wave(-4.0, 3.2)) + 0.3 * crowd * wave(14.0, 2.5)
}

/// Asleep at night; an update, a crash, a day off and a while that nobody saw.
fn states(start: i64) -> Vec<Stretch> {
    let mut states = vec![];
    let mut day = start - start.rem_euclid(24 * HOUR);
    while day < NOW {
        let (sleep, wake) = (day + 3 * HOUR, day + 9 * HOUR);
        states.push(Stretch { from: day, to: sleep, state: State::Online });
        states.push(Stretch { from: sleep, to: wake, state: State::Sleeping });
        states.push(Stretch { from: wake, to: wake + HOUR / 3, state: State::Changing });
        states.push(Stretch { from: wake + HOUR / 3, to: day + 24 * HOUR, state: State::Online });
        day += 24 * HOUR;
    }
    let events = [
        (NOW - 141 * HOUR, 4, State::Changing),
        (NOW - 120 * HOUR, 3, State::Crashed),
        (NOW - 117 * HOUR, 7, State::Offline),
        (NOW - 70 * HOUR, 9, State::Suspended),
        (NOW - 46 * HOUR, 5, State::Unknown),
        (NOW - 20 * HOUR, 1, State::Crashed),
        (NOW - 19 * HOUR, 2, State::Offline),
    ];
    for (from, hours, state) in events {
        let to = from + hours * HOUR;
        let mut kept = vec![Stretch { from, to, state }];
        for it in states {
            kept.push(Stretch { to: it.to.min(from), ..it });
            kept.push(Stretch { from: it.from.max(to), ..it });
        }
        states = kept;
        states.retain(|it| it.from < it.to);
    }
    // Nobody looked for a while.
    let (from, to) = (NOW - 98 * HOUR, NOW - 89 * HOUR);
    states.retain(|it| it.to <= from || it.from >= to);
    states
}
