//! The bricks all views are made of, and the limits they keep.

use domain::{Emoji, UserId};
use twilight_model::{
    channel::{
        ChannelType,
        message::{
            EmojiReactionType,
            component::{
                ActionRow, Button, ButtonStyle, Component, Container, SelectDefaultValue,
                SelectMenu, SelectMenuOption, SelectMenuType, Separator, SeparatorSpacingSize,
                TextDisplay,
            },
        },
    },
    id::Id,
};

use crate::{
    ids::CustomId,
    text::{Words, key, plain},
};

/// Most characters in all text displays of a message (Discord: 4000), with some to spare.
pub(crate) const TEXT_TOTAL: usize = 3900;
/// Most characters in one text display (twilight-validate: 2000), with some to spare.
pub(crate) const TEXT_ONE: usize = 1950;
/// Most options of a select (Discord).
pub(crate) const OPTIONS: usize = 25;
/// Most characters of an option's label and description (Discord).
const OPTION_TEXT: usize = 100;
/// Most characters of a button's label (Discord).
const LABEL: usize = 80;
/// Most characters of a select's placeholder (Discord).
const PLACEHOLDER: usize = 150;

/// The colour at the edge of a message.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Tone {
    /// Nothing special.
    Plain,
    /// It worked.
    Good,
    /// It waits, or wants a look.
    Attention,
    /// It did not work, or cannot be undone.
    Danger,
    /// A game's own colour.
    Own(u32),
}

impl Tone {
    fn colour(self) -> u32 {
        match self {
            Self::Plain => 0x005B_8DEF,
            Self::Good => 0x0043_A56A,
            Self::Attention => 0x00E0_A030,
            Self::Danger => 0x00D6_4545,
            Self::Own(colour) => colour & 0x00FF_FFFF,
        }
    }
}

/// A whole message: one container. Text beyond Discord's total is cut from the end, as the last
/// line of defence; views count for themselves.
pub(crate) fn sheet(tone: Tone, mut components: Vec<Component>) -> Vec<Component> {
    let mut left = TEXT_TOTAL;
    for component in &mut components {
        if let Component::TextDisplay(display) = component {
            display.content = plain::shorten(&display.content, left.clamp(1, TEXT_ONE));
            left = left.saturating_sub(display.content.chars().count());
        }
    }
    vec![
        Container { accent_color: Some(Some(tone.colour())), components, id: None, spoiler: None }
            .into(),
    ]
}

/// A paragraph.
pub(crate) fn text(content: impl Into<String>) -> Component {
    TextDisplay { content: content.into(), id: None }.into()
}

/// A line across.
pub(crate) fn rule() -> Component {
    Separator { divider: Some(true), id: None, spacing: Some(SeparatorSpacingSize::Small) }.into()
}

/// Lines as paragraphs, in order, as many as `budget` characters hold. Answers how many lines
/// that are.
pub(crate) fn paragraphs(
    lines: impl IntoIterator<Item = String>,
    budget: usize,
) -> (Vec<Component>, usize) {
    let (mut blocks, mut block) = (Vec::new(), String::new());
    let (mut in_block, mut used, mut shown) = (0, 0, 0);
    for line in lines {
        let line = plain::shorten(&line, TEXT_ONE);
        let length = line.chars().count() + 1;
        if used + length > budget {
            break;
        }
        if in_block + length > TEXT_ONE {
            blocks.push(text(std::mem::take(&mut block)));
            in_block = 0;
        }
        if !block.is_empty() {
            block.push('\n');
        }
        block.push_str(&line);
        in_block += length;
        used += length;
        shown += 1;
    }
    if !block.is_empty() {
        blocks.push(text(block));
    }
    (blocks, shown)
}

/// Up to five buttons, or exactly one select.
pub(crate) fn row(components: Vec<Component>) -> Component {
    ActionRow { components, id: None }.into()
}

/// A button.
pub(crate) fn button(style: ButtonStyle, id: &CustomId, label: &str) -> Component {
    press(style, id, label, false)
}

/// A button that cannot be pressed when `disabled`.
pub(crate) fn press(style: ButtonStyle, id: &CustomId, label: &str, disabled: bool) -> Component {
    Button {
        custom_id: Some(id.to_string()),
        disabled,
        emoji: None,
        id: None,
        label: Some(plain::shorten(label, LABEL)),
        sku_id: None,
        style,
        url: None,
    }
    .into()
}

/// One option of a select.
pub(crate) fn option(
    value: impl Into<String>,
    label: &str,
    description: Option<&str>,
    default: bool,
) -> SelectMenuOption {
    SelectMenuOption {
        default,
        description: description.map(|text| plain::shorten(text, OPTION_TEXT)),
        emoji: None,
        label: plain::shorten(label, OPTION_TEXT),
        value: value.into(),
    }
}

/// A select with options of ours, in its own row. `options` must be 1 to 25.
pub(crate) fn choose(
    id: &CustomId,
    placeholder: &str,
    (min, max): (u8, u8),
    options: Vec<SelectMenuOption>,
) -> Component {
    let menu = SelectMenu { options: Some(options), ..menu(SelectMenuType::Text, id, placeholder) };
    row(vec![SelectMenu { min_values: Some(min), max_values: Some(max), ..menu }.into()])
}

/// A select of people, in its own row.
pub(crate) fn people(
    id: &CustomId,
    placeholder: &str,
    (min, max): (u8, u8),
    chosen: &[UserId],
) -> Component {
    picker(
        SelectMenuType::User,
        id,
        placeholder,
        (min, max),
        chosen.iter().map(|user| SelectDefaultValue::User(*user)).collect(),
    )
}

/// A select of roles, in its own row.
pub(crate) fn roles(
    id: &CustomId,
    placeholder: &str,
    (min, max): (u8, u8),
    chosen: &[domain::RoleId],
) -> Component {
    picker(
        SelectMenuType::Role,
        id,
        placeholder,
        (min, max),
        chosen.iter().map(|role| SelectDefaultValue::Role(*role)).collect(),
    )
}

/// A select of one text channel or none, in its own row.
pub(crate) fn one_channel(
    id: &CustomId,
    placeholder: &str,
    chosen: Option<domain::ChannelId>,
) -> Component {
    let defaults: Vec<_> = chosen.into_iter().map(SelectDefaultValue::Channel).collect();
    let menu = SelectMenu {
        channel_types: Some(vec![ChannelType::GuildText, ChannelType::GuildAnnouncement]),
        default_values: (!defaults.is_empty()).then_some(defaults),
        min_values: Some(0),
        max_values: Some(1),
        ..menu(SelectMenuType::Channel, id, placeholder)
    };
    row(vec![menu.into()])
}

fn picker(
    kind: SelectMenuType,
    id: &CustomId,
    placeholder: &str,
    (min, max): (u8, u8),
    chosen: Vec<SelectDefaultValue>,
) -> Component {
    let menu = SelectMenu {
        default_values: (!chosen.is_empty()).then_some(chosen),
        min_values: Some(min),
        max_values: Some(max),
        ..menu(kind, id, placeholder)
    };
    row(vec![menu.into()])
}

fn menu(kind: SelectMenuType, id: &CustomId, placeholder: &str) -> SelectMenu {
    SelectMenu {
        channel_types: None,
        custom_id: id.to_string(),
        default_values: None,
        disabled: false,
        id: None,
        kind,
        max_values: None,
        min_values: None,
        options: None,
        placeholder: Some(plain::shorten(placeholder, PLACEHOLDER)),
        required: None,
    }
}

/// An emoji beside an option.
pub(crate) fn reaction(emoji: &Emoji) -> Option<EmojiReactionType> {
    match emoji {
        Emoji::Unicode(text) => Some(EmojiReactionType::Unicode { name: text.clone() }),
        Emoji::Custom { id, name, animated } => Some(EmojiReactionType::Custom {
            animated: *animated,
            id: Id::new_checked(*id)?,
            name: Some(name.clone()),
        }),
    }
}

/// One page out of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// The page, counted from zero, brought into range.
    pub(crate) at: u16,
    /// How many pages there are; at least one.
    pub(crate) of: u16,
}

impl Page {
    /// The page `asked` for, or the last one when there are fewer by now.
    pub(crate) fn of_many(asked: u16, items: usize, per_page: usize) -> Self {
        let of = u16::try_from(items.div_ceil(per_page).max(1)).unwrap_or(u16::MAX);
        Self { at: asked.min(of - 1), of }
    }

    /// The items on this page.
    pub(crate) fn slice<T>(self, items: &[T], per_page: usize) -> &[T] {
        let start = (usize::from(self.at) * per_page).min(items.len());
        let end = (start + per_page).min(items.len());
        items.get(start..end).unwrap_or_default()
    }

    /// Buttons to the pages before and after; none when there is only one page.
    pub(crate) fn buttons(self, w: &Words, id: impl Fn(u16) -> CustomId) -> Vec<Component> {
        if self.of < 2 {
            return Vec::new();
        }
        let (first, last) = (self.at == 0, self.at + 1 == self.of);
        // The button that leads nowhere still needs an id of its own.
        let before = if first { self.at } else { self.at - 1 };
        let after = if last { self.at } else { self.at + 1 };
        let one = |key, to, dead| press(ButtonStyle::Secondary, &id(to), &w.get(key), dead);
        vec![one(key!("button-previous"), before, first), one(key!("button-next"), after, last)]
    }
}

/// The button that puts an ephemeral message away.
pub(crate) fn close(w: &Words) -> Component {
    button(ButtonStyle::Secondary, &CustomId::Close, &w.get("button-close"))
}
