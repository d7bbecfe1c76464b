//! A case of the clock as JSON: read into the case, or what is wrong with it and where, in Chinese.

use gongkai_domain::clock::{Case, Event, EventKind};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// What is wrong with the file, and what to do.
#[derive(PartialEq, Eq, Debug)]
pub struct Fault {
    /// What, and where.
    pub reason: String,
    /// What to do.
    pub hint: &'static str,
}

const SHAPE: &str = "文件应是一个 JSON 对象，写有 received（收到日期）和 events（事件）。";
const DATE: &str = "日期写成“年-月-日”，年四位，月、日各两位，加引号。";

fn fault<T>(reason: String, hint: &'static str) -> Result<T, Fault> {
    Err(Fault { reason, hint })
}

/// Reads the bytes of a file.
///
/// # Errors
/// A [`Fault`] where they are no case.
pub fn read(bytes: &[u8]) -> Result<Case, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return fault("文件是空的".to_owned(), SHAPE);
    }
    if std::str::from_utf8(bytes).is_err() {
        return fault("文件不是 UTF-8 编码的文字".to_owned(), "请另存为 UTF-8 编码。");
    }
    let value: Value = serde_json::from_slice(bytes).or_else(|error| {
        let (line, column) = (error.line(), error.column());
        fault(format!("第 {line} 行第 {column} 列起不成 JSON"), SHAPE)
    })?;
    let Value::Object(fields) = value else {
        return fault("文件不是一个 JSON 对象".to_owned(), SHAPE);
    };
    check_fields(&fields, &["received", "events", "today"], "")?;
    let Some(received) = date(&fields, "received", "")? else {
        return fault("没有写 received（收到日期）".to_owned(), SHAPE);
    };
    let mut events = Vec::new();
    for (value, number) in list(&fields)?.iter().zip(1..) {
        events.push(event(value, &format!("第 {number} 个事件的 "))?);
    }
    Ok(Case { received, events, today: date(&fields, "today", "")? })
}

fn list(fields: &Map<String, Value>) -> Result<&[Value], Fault> {
    match fields.get("events") {
        None => Ok(&[]),
        Some(Value::Array(events)) => Ok(events),
        Some(_) => fault("events 不是数组".to_owned(), SHAPE),
    }
}

fn event(value: &Value, place: &str) -> Result<Event, Fault> {
    let hint = "每个事件是一个对象，写有 on（日期）和 event（事件）。";
    let Value::Object(fields) = value else {
        return fault(format!("{}写法不对", place.trim_end_matches("的 ")), hint);
    };
    let Some(on) = date(fields, "on", place)? else {
        return fault(format!("{place}on（日期）没有写"), hint);
    };
    let kind = match fields.get("event") {
        Some(Value::String(name)) => EventKind::named(name)
            .ok_or_else(|| Fault {
                reason: format!("{place}event“{name}”不认识"), hint: EVENTS
            })?,
        Some(_) => return fault(format!("{place}event 不是文字"), EVENTS),
        None => return fault(format!("{place}event（事件）没有写"), hint),
    };
    let mut known = vec!["on", "event"];
    known.extend(kind.is_letter().then_some("reached"));
    known.extend(kind.names_someone().then_some("who"));
    check_fields(fields, &known, place)?;
    let (reached, who) = (date(fields, "reached", place)?, text(fields, "who", place)?);
    Ok(Event { on, kind, reached, who })
}

const EVENTS: &str = "可用的事件：supplement_asked、supplement_received、third_party_asked、\
third_party_answered、co_maker_asked、co_maker_answered、extended、fee_notified、fee_paid、answered。";

/// A field that means nothing here is a slip more often than not, and the answer would be wrong.
fn check_fields(fields: &Map<String, Value>, known: &[&str], place: &str) -> Result<(), Fault> {
    let unknown = |key: &str, value: &Value| !known.contains(&key) && !value.is_null();
    match fields.iter().find(|(key, value)| unknown(key, value)) {
        Some((key, _)) => fault(
            format!("{place}{key} 不认识，或不该写在这里"),
            "请核对字段的名称；received、events、today 写在外层，on、event、reached、who 写在事件里。",
        ),
        None => Ok(()),
    }
}

/// A text; none where it is left out or `null`.
fn text(fields: &Map<String, Value>, name: &str, place: &str) -> Result<Option<String>, Fault> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => fault(format!("{place}{name} 不是文字"), "文字要加引号。"),
    }
}

/// A date; none where it is left out or `null`.
fn date(fields: &Map<String, Value>, name: &str, place: &str) -> Result<Option<Date>, Fault> {
    let Some(value) = fields.get(name).filter(|value| !value.is_null()) else { return Ok(None) };
    let Some(written) = value.as_str() else {
        return fault(format!("{place}{name} 不是日期"), DATE);
    };
    match written.parse::<Date>() {
        // The reader of dates takes other ways of writing them, and times behind them.
        Ok(date) if date.to_string() == written => Ok(Some(date)),
        _ => fault(format!("{place}{name}“{written}”不是日期"), DATE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn reason(text: &str) -> String {
        read(text.as_bytes()).unwrap_err().reason
    }

    #[test]
    fn a_case_is_read_whole() {
        let text = "\u{feff}{\"received\": \"2025-03-03\", \"today\": \"2025-03-20\", \"events\": [\
            {\"on\": \"2025-03-10\", \"event\": \"third_party_asked\", \"reached\": \"2025-03-12\", \"who\": \"甲\"},\
            {\"on\": \"2025-03-14\", \"event\": \"third_party_answered\", \"reached\": null}]}";
        let case = read(text.as_bytes()).unwrap();
        assert_eq!(case.received, date(2025, 3, 3));
        assert_eq!(case.today, Some(date(2025, 3, 20)));
        assert_eq!(case.events[0].reached, Some(date(2025, 3, 12)));
        assert_eq!(case.events[0].who.as_deref(), Some("甲"));
        assert_eq!(case.events[1].kind, EventKind::ThirdPartyAnswered);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (text, said) in [
            ("", "文件是空的"),
            (" \n", "文件是空的"),
            ("[]", "文件不是一个 JSON 对象"),
            ("{\n\"received\": }", "第 2 行第 13 列起不成 JSON"),
            ("{}", "没有写 received（收到日期）"),
            (r#"{"received": null}"#, "没有写 received（收到日期）"),
            (r#"{"received": 20250303}"#, "received 不是日期"),
            (r#"{"received": "20250303"}"#, "received“20250303”不是日期"),
            (r#"{"received": "2025-02-30"}"#, "received“2025-02-30”不是日期"),
            (r#"{"received": "2025-03-03", "events": {}}"#, "events 不是数组"),
            (r#"{"received": "2025-03-03", "events": [1]}"#, "第 1 个事件写法不对"),
            (
                r#"{"received": "2025-03-03", "events": [{"event": "answered"}]}"#,
                "第 1 个事件的 on（日期）没有写",
            ),
            (
                r#"{"received": "2025-03-03", "events": [{"on": "2025-03-04"}]}"#,
                "第 1 个事件的 event（事件）没有写",
            ),
            (
                r#"{"received": "2025-03-03", "events": [{"on": "2025-03-04", "event": "answer"}]}"#,
                "第 1 个事件的 event“answer”不认识",
            ),
            (r#"{"received": "2025-03-03", "evnts": []}"#, "evnts 不认识，或不该写在这里"),
            (
                r#"{"received": "2025-03-03", "events": [{"on": "2025-03-04", "event": "extended", "reached": "2025-03-05"}]}"#,
                "第 1 个事件的 reached 不认识，或不该写在这里",
            ),
            (r#"{"received": "2025-03-03", "today": "今天"}"#, "today“今天”不是日期"),
        ] {
            assert_eq!(reason(text), said);
        }
        assert_eq!(read(b"\xca\xd5").unwrap_err().reason, "文件不是 UTF-8 编码的文字");
    }

    #[test]
    fn the_hint_names_every_event() {
        for kind in EventKind::ALL {
            assert!(EVENTS.contains(kind.name()), "{}", kind.name());
        }
    }
}
