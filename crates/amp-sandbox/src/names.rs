//! Who plays when nobody is told to.

/// People who come and go by themselves.
pub(crate) const PEOPLE: [&str; 24] = [
    "Ada", "Bo", "Cleo", "Dax", "Edda", "Finn", "Gus", "Hedy", "Ivo", "Juno", "Kit", "Lou", "Mira",
    "Nils", "Oona", "Pip", "Quin", "Rune", "Sol", "Tove", "Uma", "Vito", "Wren", "Yara",
];
