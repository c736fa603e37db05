//! What goes wrong from the start, in a file.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::file::{self, FileError, TextError};
use super::flaw::Flaw;
use crate::faults::{EventFault, Fault, FaultKind, Mix};
use crate::gateway::EVENTS;
use crate::limits::LimitsConfig;
use crate::rest;
use crate::sandbox::Sandbox;

/// Most faults of a kind one file may order.
const FAULTS: usize = 1_000;

/// Faults, latency and limits; each part as the control call of the same name takes it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Troubles {
    /// Faults of REST calls; a place is an operationId.
    #[serde(default)]
    pub faults: Vec<Fault<FaultKind>>,
    /// Random faults of REST calls.
    pub mix: Option<Mix<FaultKind>>,
    /// Faults of gateway events; a place is an event name.
    #[serde(default)]
    pub event_faults: Vec<Fault<EventFault>>,
    /// Random faults of gateway events.
    pub event_mix: Option<Mix<EventFault>>,
    /// How long calls are under way.
    pub latency: Option<Slow>,
    /// Rate limits: the name of a preset, or a whole configuration.
    pub limits: Option<Limits>,
}

/// How long calls are under way, in milliseconds.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Latency")]
pub struct Slow {
    /// REST calls but callbacks.
    pub rest: Option<u64>,
    /// Interaction callbacks.
    pub callbacks: Option<u64>,
}

impl Slow {
    /// Lets it count from now on.
    pub fn apply(self, sandbox: &Sandbox) {
        if let Some(ms) = self.rest {
            sandbox.latency().set_rest(Duration::from_millis(ms));
        }
        if let Some(ms) = self.callbacks {
            sandbox.latency().set_callbacks(Duration::from_millis(ms));
        }
    }
}

impl Troubles {
    /// Reads troubles from TOML.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        file::parse(text, Self::check)
    }

    /// Reads troubles from a file.
    pub fn read(path: &Path) -> Result<Self, FileError> {
        file::read(path, Self::parse)
    }

    fn check(&self) -> Result<(), Flaw> {
        for (key, count) in
            [("faults", self.faults.len()), ("event_faults", self.event_faults.len())]
        {
            if count > FAULTS {
                let told = format!("the sandbox takes at most {FAULTS} orders of a kind at once");
                return Err(Flaw::item(key, FAULTS, told));
            }
        }
        for (at, fault) in self.faults.iter().enumerate() {
            check_fault(fault).map_err(|flaw| flaw.within("faults", at))?;
        }
        for (at, fault) in self.event_faults.iter().enumerate() {
            check_fault(fault).map_err(|flaw| flaw.within("event_faults", at))?;
        }
        self.mix.iter().try_for_each(check_mix).map_err(|flaw| flaw.inside("mix"))?;
        self.event_mix.iter().try_for_each(check_mix).map_err(|flaw| flaw.inside("event_mix"))
    }

    /// Lets everything count from now on.
    pub fn apply(self, sandbox: &Sandbox) {
        self.faults.into_iter().for_each(|fault| sandbox.faults().add(fault));
        self.event_faults.into_iter().for_each(|fault| sandbox.event_faults().add(fault));
        self.mix.into_iter().for_each(|mix| sandbox.faults().start_mix(mix));
        self.event_mix.into_iter().for_each(|mix| sandbox.event_faults().start_mix(mix));
        self.latency.into_iter().for_each(|slow| slow.apply(sandbox));
        if let Some(Limits(limits)) = self.limits {
            sandbox.limits().configure(|old| *old = limits);
        }
    }
}

/// A kind of fault, and the places it can strike at.
pub(crate) trait Strikes {
    /// Why a name is no place.
    fn stranger(place: &str) -> Option<String>;
}

impl Strikes for FaultKind {
    fn stranger(place: &str) -> Option<String> {
        let known = rest::table().any(|route| route.info.operation == place);
        (!known).then(|| {
            format!("there is no operation {place}; GET /sandbox/routes lists those there are")
        })
    }
}

impl Strikes for EventFault {
    fn stranger(place: &str) -> Option<String> {
        let known = EVENTS.iter().any(|event| event.name == place);
        (!known).then(|| format!("there is no event {place}; docs/parity.md lists those there are"))
    }
}

fn places<'a, K: Strikes>(
    key: &'static str,
    names: impl IntoIterator<Item = &'a String>,
) -> Result<(), Flaw> {
    match names.into_iter().find_map(|name| K::stranger(name)) {
        None => Ok(()),
        Some(why) => Err(Flaw::at(key, why)),
    }
}

/// Whether a fault can ever strike.
pub(crate) fn check_fault<K: Strikes>(fault: &Fault<K>) -> Result<(), Flaw> {
    places::<K>("place", &fault.place)
}

/// Whether a mix can be.
pub(crate) fn check_mix<K: Strikes>(mix: &Mix<K>) -> Result<(), Flaw> {
    places::<K>("only", &mix.only)?;
    places::<K>("except", &mix.except)?;
    if !(0.0..=1.0).contains(&mix.probability) {
        return Err(Flaw::at("probability", "a probability is 0 to 1"));
    }
    if mix.kinds.is_empty() {
        return Err(Flaw::at("kinds", "name at least one kind of fault"));
    }
    Ok(())
}

/// Rate limits: the name of a preset, or every number; those left out are the default's.
#[derive(Clone, Debug)]
pub struct Limits(pub LimitsConfig);

impl<'de> Deserialize<'de> for Limits {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(LimitsForms)
    }
}

struct LimitsForms;

impl<'de> Visitor<'de> for LimitsForms {
    type Value = Limits;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("limits: \"default\", \"realistic\", \"off\", or a table")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Limits, E> {
        let told = || {
            E::custom(format!("there are no limits {name:?}; there are default, realistic, off"))
        };
        LimitsConfig::preset(name).map(Limits).ok_or_else(told)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Limits, A::Error> {
        LimitsConfig::deserialize(MapAccessDeserializer::new(map)).map(Limits)
    }
}

impl JsonSchema for Limits {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Limits".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<LimitsConfig>();
        json_schema!({"anyOf": [{"enum": ["default", "realistic", "off"]}, table]})
    }
}
