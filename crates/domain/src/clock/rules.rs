//! The provisions that the clock needs, as in force on the day a request is received.

use super::Reason;
use crate::law::{Limit, Provision, ProvisionKey, first_day, provision};
use jiff::civil::Date;

/// The law of one day.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub receipt: &'static Provision,
    pub supplement: Limited,
    pub answer: Limited,
    pub extension: Limited,
    pub not_counted: &'static Provision,
    pub third_party: Limited,
    pub co_maker: Limited,
    /// There was no processing fee of this kind before the measures.
    pub fee: Option<&'static Provision>,
}

/// A provision that sets a limit.
#[derive(Clone, Copy, Debug)]
pub struct Limited {
    pub provision: &'static Provision,
    pub limit: Limit,
}

impl Rules {
    /// The law on a day, or why there is none.
    pub fn on(received: Date) -> Result<Self, Reason> {
        Self::find(received).ok_or_else(|| Reason::NoLaw {
            received,
            first: first_day(ProvisionKey::Answer).filter(|first| received < *first),
        })
    }

    fn find(day: Date) -> Option<Self> {
        Some(Self {
            receipt: provision(ProvisionKey::Receipt, day)?,
            supplement: limited(ProvisionKey::Supplement, day)?,
            answer: limited(ProvisionKey::Answer, day)?,
            extension: limited(ProvisionKey::Extension, day)?,
            not_counted: provision(ProvisionKey::NotCounted, day)?,
            third_party: limited(ProvisionKey::ThirdParty, day)?,
            co_maker: limited(ProvisionKey::CoMaker, day)?,
            fee: provision(ProvisionKey::Fee, day),
        })
    }
}

fn limited(key: ProvisionKey, day: Date) -> Option<Limited> {
    let provision = provision(key, day)?;
    Some(Limited { provision, limit: provision.limit? })
}
