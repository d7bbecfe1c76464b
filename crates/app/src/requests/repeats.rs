//! 同一申请人: earlier requests beside this one, what looks repeated and what looks excessive. It is
//! suggested, never decided.

use super::act::load;
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::fee::{FeeBy, rate};
use gongkai_domain::id::RequestId;
use gongkai_domain::outcome::OutcomeKey;
use gongkai_domain::request::{DisclosureRequest, StateKey};
use gongkai_store::requests;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Most earlier requests that are looked at.
const MOST: i64 = 200;
/// From this share of common pairs of signs on, two requests may be for the same: our own choice, high
/// enough that another year or another place makes them different.
const ALIKE_PERCENT: usize = 70;

/// An earlier request of the same requester to the same organ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Earlier {
    /// The request.
    pub id: RequestId,
    /// Its number.
    pub number: String,
    /// What was asked for.
    pub title: String,
    /// The day of receipt.
    pub received_on: Option<Date>,
    /// Where it stands.
    pub state: StateKey,
    /// How it ended.
    pub outcome: Option<OutcomeKey>,
    /// The number and the day of the reply.
    pub reply: Option<(String, Date)>,
    /// How much of it is the same, in hundredths.
    pub alike_percent: usize,
    /// Whether it may be the same, and was answered: 重复申请.
    pub may_be_repeated: bool,
}

/// What is known of the requester.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Repeats {
    /// The earlier requests, those most alike first.
    pub earlier: Vec<Earlier>,
    /// How many requests of this month the organ received from the requester, this one among them and
    /// counted up to it.
    pub rank_in_month: u32,
    /// The fee by piece that the rates would ask for; zero where the rank is free.
    pub piece_fee: Decimal,
}

/// The earlier requests of whoever made this one.
///
/// # Errors
/// When the caller may not see the request, or the store fails.
pub async fn repeats(app: &App, caller: &Caller, id: &RequestId) -> Result<Repeats, AppError> {
    let mut reader = app.store.reader().await?;
    let loaded = load(&mut reader, caller, id).await?;
    let request = loaded.request;
    let all = requests::of_requester(&mut reader, &request.organ, &loaded.requester, MOST).await?;
    let before: Vec<DisclosureRequest> =
        all.into_iter().map(|each| each.request).filter(|each| each.id < request.id).collect();
    let mut rank_in_month = 1;
    let month = |day: Option<Date>| day.map(|day| (day.year(), day.month()));
    if request.received_on.is_some() {
        let same =
            |each: &&DisclosureRequest| month(each.received_on) == month(request.received_on);
        rank_in_month += u32::try_from(before.iter().filter(same).count()).unwrap_or(u32::MAX - 1);
    }
    let rate = request.received_on.and_then(|on| rate(FeeBy::Piece, on));
    let piece_fee = rate.map_or(Decimal::ZERO, |rate| rate.price(rank_in_month));
    let mut earlier: Vec<Earlier> = before.iter().map(|each| beside(&request, each)).collect();
    earlier.sort_by_key(|each| std::cmp::Reverse(each.alike_percent));
    Ok(Repeats { earlier, rank_in_month, piece_fee })
}

fn beside(request: &DisclosureRequest, other: &DisclosureRequest) -> Earlier {
    let alike_percent = alike_percent(&text(request), &text(other));
    let decision = other.closings.last().and_then(|closing| closing.decision.as_ref());
    Earlier {
        id: other.id.clone(),
        number: other.number.clone(),
        title: other.wanted.title(),
        received_on: other.received_on,
        state: other.state_key(),
        outcome: other.outcome(),
        reply: decision.map(|decision| (decision.document_number.clone(), decision.on)),
        alike_percent,
        may_be_repeated: ALIKE_PERCENT <= alike_percent && decision.is_some(),
    }
}

fn text(request: &DisclosureRequest) -> String {
    let wanted = &request.wanted;
    [wanted.name.as_str(), &wanted.document_number, &wanted.description].concat()
}

/// The share of pairs of neighbouring signs that both texts have, of all that one of them has.
fn alike_percent(one: &str, other: &str) -> usize {
    let pairs = |text: &str| -> BTreeSet<(char, char)> {
        let signs: Vec<char> = text.chars().filter(|sign| sign.is_alphanumeric()).collect();
        signs.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let (one, other) = (pairs(one), pairs(other));
    let all = one.union(&other).count();
    (one.intersection(&other).count() * 100).checked_div(all).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_alike_and_other_words_are_not() {
        assert_eq!(alike_percent("某规划的批复", "某规划的批复。"), 100);
        assert!(alike_percent("某规划的批复", "去年的预算执行情况") < 20);
        assert_eq!(alike_percent("", ""), 0);
    }
}
