//! Pixels as a PNG with a palette, which is half as large as one with full colours, and quicker.

use std::collections::HashMap;

use lodepng::{Encoder, RGBA};

use crate::ChartError;
use crate::colours::{ALWAYS, Colour};

/// As many as a palette can have.
const MOST: usize = 256;

/// Of 9. Those above take longer for a few bytes.
const LEVEL: u8 = 6;

/// Soft edges make a thousand colours. The 256 most frequent ones are more than 99 % of the picture;
/// the others become the nearest of these.
pub(crate) fn encode(
    pixels: impl Iterator<Item = Colour> + Clone,
    width: usize,
    height: usize,
) -> Result<Vec<u8>, ChartError> {
    let seen = count(pixels.clone());
    let (kept, rare) = seen.split_at(seen.len().min(MOST));
    let mut indexes: HashMap<Colour, u8> = kept.iter().copied().zip(0..=u8::MAX).collect();
    for colour in rare {
        indexes.insert(*colour, nearest(*colour, kept));
    }
    let mut last = None;
    let image: Vec<u8> = pixels
        .map(|colour| match last {
            // Mostly the same as the one to the left, which saves the look-up.
            Some((same, index)) if same == colour => index,
            _ => {
                let index = indexes.get(&colour).copied().unwrap_or(0);
                last = Some((colour, index));
                index
            }
        })
        .collect();
    let palette: Vec<RGBA> =
        kept.iter().map(|[red, green, blue]| RGBA::new(*red, *green, *blue, 255)).collect();
    let mut encoder = Encoder::new();
    encoder.set_palette(&palette)?;
    encoder.set_auto_convert(false);
    encoder.settings_mut().zlibsettings.set_level(LEVEL);
    Ok(encoder.encode(&image, width, height)?)
}

/// All colours, those first that are to be kept. The same picture always gives the same order.
fn count(pixels: impl Iterator<Item = Colour>) -> Vec<Colour> {
    let mut counts: HashMap<Colour, u32> = HashMap::new();
    let (mut last, mut run) = (None, 0);
    for colour in pixels {
        if last != Some(colour) {
            if let Some(last) = last {
                *counts.entry(last).or_default() += run;
            }
            (last, run) = (Some(colour), 0);
        }
        run += 1;
    }
    if let Some(last) = last {
        *counts.entry(last).or_default() += run;
    }
    let mut counts: Vec<(Colour, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|(colour, count)| {
        (!ALWAYS.contains(colour), std::cmp::Reverse(*count), *colour)
    });
    counts.into_iter().map(|(colour, _)| colour).collect()
}

fn nearest(colour: Colour, palette: &[Colour]) -> u8 {
    let distance = |other: &Colour| -> u32 {
        colour.iter().zip(other).map(|(one, two)| u32::from(one.abs_diff(*two)).pow(2)).sum()
    };
    (0..=u8::MAX)
        .zip(palette)
        .min_by_key(|(_, other)| distance(other))
        .map_or(0, |(index, _)| index)
}
