//! The picture itself.

use super::{DAY, HOUR, NOW, empty, in_german, players, state, week};
use crate::colours::{AVERAGE, CAPACITY, CARD, Colour, MAXIMUM};
use crate::{HEIGHT, History, Span, State, WIDTH, draw};

/// Reads a picture back, and looks whether it is what it should be.
pub(super) fn pixels(png: &[u8]) -> Vec<Colour> {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert!(png.len() < 100 * 1024, "{} bytes", png.len());
    let image = lodepng::decode24(png).unwrap();
    assert_eq!((image.width, image.height), (WIDTH.into(), HEIGHT.into()));
    image.buffer.into_iter().map(|pixel| [pixel.r, pixel.g, pixel.b]).collect()
}

fn drawn(history: &History) -> Vec<Colour> {
    pixels(&draw(history).unwrap())
}

fn amount(pixels: &[Colour], colour: Colour) -> usize {
    pixels.iter().filter(|pixel| **pixel == colour).count()
}

#[test]
fn an_empty_history_is_a_picture_too() {
    let empty = drawn(&empty(Span::Week));
    for colour in [AVERAGE, MAXIMUM, CAPACITY].into_iter().chain(State::ALL.map(State::colour)) {
        assert_eq!(amount(&empty, colour), 0);
    }
    assert!(amount(&empty, CARD) > empty.len() / 2);
    assert_ne!(empty, drawn(&week()));
}

#[test]
fn one_reading_is_seen() {
    let mut history = empty(Span::Month);
    history.players = vec![players(NOW - DAY, NOW - DAY + 60, 3.0, 5)];
    // The legend has them too, but not that much of them.
    let (one, line) = (drawn(&history), drawn(&week()));
    assert_ne!(one, drawn(&empty(Span::Month)));
    assert!(amount(&one, AVERAGE) > 150 && amount(&one, AVERAGE) < amount(&line, AVERAGE));
}

#[test]
fn each_state_has_its_colour_in_the_band_and_in_the_legend() {
    for shown in State::ALL {
        let mut history = empty(Span::Week);
        history.states = vec![state(NOW - 7 * DAY, NOW, shown)];
        let pixels = drawn(&history);
        for other in State::ALL {
            let amount = amount(&pixels, other.colour());
            assert_eq!(amount > 2000, shown == other, "{shown:?}: {amount} of {other:?}");
        }
        // Half of the time: about half of the band.
        let all = amount(&pixels, shown.colour());
        history.states = vec![state(NOW - 7 * DAY, NOW - 7 * DAY / 2, shown)];
        let half = amount(&drawn(&history), shown.colour());
        assert!(half * 10 > all * 4 && half * 10 < all * 6, "{shown:?}: {half} of {all}");
    }
}

#[test]
fn states_differ_without_their_colours() {
    let shape = |shown: State| -> Vec<bool> {
        let mut history = empty(Span::Week);
        history.states = vec![state(NOW - 7 * DAY, NOW, shown)];
        drawn(&history).into_iter().map(|pixel| pixel == shown.colour()).collect()
    };
    let shapes = State::ALL.map(shape);
    for (number, one) in shapes.iter().enumerate() {
        for other in &shapes[number + 1..] {
            let different = one.iter().zip(other).filter(|(one, other)| one != other).count();
            assert!(different > 2000, "{different}");
        }
    }
}

#[test]
fn short_states_differ_in_height() {
    let rows = |shown: State| -> Vec<usize> {
        let mut history = empty(Span::Month);
        history.states = vec![state(NOW - DAY, NOW - DAY + 4 * HOUR, shown)];
        // The legend is on the left, the last day on the right.
        let rows = drawn(&history).chunks(WIDTH.into()).map(<[Colour]>::to_vec).collect::<Vec<_>>();
        (0..rows.len()).filter(|y| rows[*y][600..].contains(&shown.colour())).collect()
    };
    let rows = State::ALL.map(rows);
    for (number, one) in rows.iter().enumerate() {
        assert!(one.len() >= 6, "{one:?}");
        for other in &rows[number + 1..] {
            let same = one.iter().filter(|y| other.contains(y)).count();
            assert!(one.len().max(other.len()) - same >= 6, "{one:?} {other:?}");
        }
    }
}

#[test]
fn the_capacity_is_a_line_unless_it_is_out_of_sight() {
    let line = |capacity| amount(&drawn(&History { capacity, ..week() }), CAPACITY);
    assert_eq!(line(None), 0);
    assert!(line(Some(20)) > 1000);
    // Only the sample in the legend.
    assert!((1..200).contains(&line(Some(500))));
}

#[test]
fn words_are_those_of_the_language() {
    assert_ne!(drawn(&week()), drawn(&in_german(week())));
}

#[test]
fn the_same_history_is_the_same_file() {
    assert_eq!(draw(&week()).unwrap(), draw(&week()).unwrap());
}

/// W3C's formula, from 1 to 21.
fn contrast(one: Colour, other: Colour) -> f64 {
    let luminance = |colour: Colour| {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.039_28 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2])
    };
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

#[test]
fn everything_stands_out_from_the_card() {
    for text in [crate::colours::TEXT, crate::colours::MUTED] {
        assert!(contrast(text, CARD) >= 7.0);
    }
    for colour in [AVERAGE, MAXIMUM, CAPACITY].into_iter().chain(State::ALL.map(State::colour)) {
        assert!(contrast(colour, CARD) >= 4.5, "{colour:?}");
    }
}
