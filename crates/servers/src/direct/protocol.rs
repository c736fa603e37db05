//! What a game server is asked in.

use std::fmt;

/// The ways to ask a server how it is doing. One protocol serves many games.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// Minecraft: Java Edition, over TCP.
    MinecraftJava,
    /// Minecraft: Bedrock Edition, over UDP.
    MinecraftBedrock,
    /// Valve's A2S, over UDP: Source games and many others. Which game it is does not matter.
    Valve,
}

impl Protocol {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::MinecraftJava, Self::MinecraftBedrock, Self::Valve];

    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MinecraftJava => "minecraft-java",
            Self::MinecraftBedrock => "minecraft-bedrock",
            Self::Valve => "valve",
        }
    }

    /// Reads the stable text form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|protocol| protocol.as_str() == text)
    }

    /// Where such a server listens if nobody says otherwise.
    pub fn default_port(self) -> u16 {
        match self {
            Self::MinecraftJava => 25_565,
            Self::MinecraftBedrock => 19_132,
            Self::Valve => 27_015,
        }
    }

    /// What servers asked in it have for a source in the database.
    pub fn source(self) -> String {
        format!("{SOURCES}{self}")
    }

    /// The protocol that a source in the database stands for; none if it is something else.
    pub fn of_source(source: &str) -> Option<Self> {
        Self::parse(source.strip_prefix(SOURCES)?)
    }
}

/// What every source of servers without a panel begins with.
pub const SOURCES: &str = "direct:";

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
