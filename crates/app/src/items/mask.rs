//! Putting what a finding proposes in the place of what was found, in the HTML and wherever it was typed.

use super::act::act_with;
use super::screen::{alarms, parts};
use crate::caller::Caller;
use crate::{App, AppError};
use gongkai_domain::id::ItemId;
use gongkai_domain::item::{Content, Item, Typed};

/// Corrects one finding as it proposes.
///
/// # Errors
/// When it is not there any more, proposes nothing, or its text is split by formatting.
pub async fn mask(
    app: &App,
    caller: &Caller,
    id: &ItemId,
    finding: &str,
) -> Result<Item, AppError> {
    let now = app.clock.now();
    act_with(app, caller, id, |item| {
        let working = item.working.as_ref().ok_or(AppError::NotFound("正在办理的稿件"))?;
        let content = corrected(&working.content, finding)?;
        Ok(item.revise(content, &caller.actor, now)?)
    })
    .await
}

/// The content with one finding corrected.
fn corrected(content: &Content, finding: &str) -> Result<Content, AppError> {
    let by_hand = || {
        let message = "这一处被格式分隔，或者没有可直接替换的写法，请到“修改”里手工改正";
        AppError::Conflict(message.to_owned())
    };
    let parts = parts(content);
    let found = alarms(&parts).into_iter().find(|(key, _)| key == finding);
    let (_, alarm) = found.ok_or(AppError::NotFound("这条提示，稿件可能已经改过"))?;
    let replacement = alarm.replacement.ok_or_else(by_hand)?;
    let place = alarm.place;
    let block = parts.get(place.block).ok_or_else(by_hand)?;
    let characters: Vec<char> = block.text.chars().collect();
    let taken = |from: usize, to: usize| -> String {
        characters.get(from..to).unwrap_or_default().iter().collect()
    };
    let (before, wanted) = (taken(0, place.start), taken(place.start, place.end));
    let whole = format!("{before}{replacement}{}", taken(place.end, characters.len()));
    let mut content = content.clone();
    match place.block {
        0 => content.title = whole,
        1 => content.description = whole,
        paragraph => {
            let earlier = parts.get(2..paragraph).unwrap_or_default();
            let nth = earlier.iter().map(|part| part.text.matches(&wanted).count()).sum::<usize>()
                + before.matches(&wanted).count();
            let html = replace_nth(&content.html, &escaped(&wanted), nth, &escaped(&replacement));
            content.html = html.ok_or_else(by_hand)?;
            let mut lines: Vec<String> = content.text.lines().map(str::to_owned).collect();
            *lines.get_mut(paragraph - 2).ok_or_else(by_hand)? = whole;
            content.text = lines.join("\n");
            // Where it was typed in another way, the HTML is what is typed on from now on.
            content.typed = content.typed.and_then(|typed| {
                let text = replace_nth(&typed.text, &wanted, nth, &replacement)?;
                Some(Typed { text, ..typed })
            });
        }
    }
    Ok(content)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The HTML with the `nth` (from 0) occurrence outside of tags replaced; `None` when there is none.
fn replace_nth(html: &str, wanted: &str, nth: usize, by: &str) -> Option<String> {
    let mut at = 0;
    let mut n_seen = 0;
    while at < html.len() {
        let rest = html.get(at..)?;
        if rest.starts_with('<')
            && let Some(end) = rest.find('>')
        {
            at += end + 1;
            continue;
        }
        let next = rest.char_indices().skip(1).find(|(_, character)| *character == '<');
        let end = next.map_or(rest.len(), |(end, _)| end);
        for (position, _) in rest.get(..end)?.match_indices(wanted) {
            if n_seen == nth {
                let (head, tail) = (&html[..at + position], &html[at + position + wanted.len()..]);
                return Some(format!("{head}{by}{tail}"));
            }
            n_seen += 1;
        }
        at += end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_one_of_two_is_replaced_and_no_attribute() {
        let html = "<p>电话1</p><p><a href=\"电话1\">甲</a>电话1</p>";
        let done = replace_nth(html, "电话1", 1, "电话*").unwrap();
        assert_eq!(done, "<p>电话1</p><p><a href=\"电话1\">甲</a>电话*</p>");
        assert_eq!(replace_nth(html, "电话1", 2, "x"), None);
        assert_eq!(replace_nth("1 < 2 电话", "电话", 0, "x").as_deref(), Some("1 < 2 x"));
    }

    #[test]
    fn a_number_is_masked_in_html_and_in_the_text() {
        let text = "第一段\n联系人手机13800138000，邮编未填";
        let html = "<p>第一段</p><p>联系人手机13800138000，邮编未填</p>";
        let content = Content {
            title: "通知".to_owned(),
            html: html.to_owned(),
            text: text.to_owned(),
            ..Content::default()
        };
        let (key, _) = alarms(&parts(&content)).remove(0);
        let done = corrected(&content, &key).unwrap();
        assert!(!done.html.contains("13800138000") && !done.text.contains("13800138000"));
        assert!(done.html.contains("邮编未填") && done.html.starts_with("<p>第一段</p>"));
        assert!(alarms(&parts(&done)).is_empty());
        assert!(corrected(&done, &key).is_err());
    }
}
