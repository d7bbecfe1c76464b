//! 导出审计日志: CSV for people, JSON Lines for programs; sent piece by piece, however long.

use super::Asked;
use crate::answer::Answer;
use crate::current::Checked;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use futures::stream;
use gongkai_app::audit::{Filter, Towards, names, read};
use gongkai_app::ledger::harmless;
use gongkai_app::{App, AppError, Caller};
use gongkai_domain::audit::Link;
use gongkai_domain::time::china;
use serde::Deserialize;

/// What is filled in: the filter of the page, and the form of the file.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Filled {
    format: String,
    #[serde(flatten)]
    asked: Asked,
}

/// How many links are sent at once.
const PIECE: i64 = 500;

struct Walk {
    app: App,
    caller: Caller,
    filter: Filter,
    behind: i64,
    last: i64,
    is_csv: bool,
}

/// Sends the links that the filter lets through, the oldest first.
pub async fn download(
    State(app): State<App>,
    Checked { current, form }: Checked<Filled>,
) -> Answer {
    let is_csv = form.format != "jsonl";
    let filter = form.asked.filter()?;
    let what = if is_csv { "CSV" } else { "JSON Lines" };
    let last = read::begin_export(&app, &current.caller, what).await?;
    let head = if is_csv { head() } else { Vec::new() };
    let walk = Walk { app, caller: current.caller, filter, behind: 0, last, is_csv };
    let pieces = stream::try_unfold((walk, Some(head)), |(walk, head)| async move {
        match head {
            Some(head) => Ok::<_, AppError>(Some((Bytes::from(head), (walk, None)))),
            None => Ok(next(walk).await?.map(|(bytes, walk)| (bytes, (walk, None)))),
        }
    });
    let (media_type, name) = if is_csv {
        ("text/csv; charset=utf-8", "attachment; filename=\"audit.csv\"")
    } else {
        ("application/jsonl; charset=utf-8", "attachment; filename=\"audit.jsonl\"")
    };
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

async fn next(mut walk: Walk) -> Result<Option<(Bytes, Walk)>, AppError> {
    let Walk { app, caller, filter, behind, last, is_csv } = &walk;
    let links = read::links(app, caller, filter.clone(), Towards::Newer(*behind), PIECE).await?;
    let links: Vec<Link> = links.into_iter().filter(|link| link.sequence <= *last).collect();
    let Some(end) = links.last().map(|link| link.sequence) else { return Ok(None) };
    let bytes = if *is_csv { rows(&links) } else { lines(&links) };
    walk.behind = end;
    Ok(Some((Bytes::from(bytes), walk)))
}

fn lines(links: &[Link]) -> Vec<u8> {
    let mut text = Vec::new();
    for link in links {
        text.extend(serde_json::to_vec(link).expect("a link has text keys and whole numbers"));
        text.push(b'\n');
    }
    text
}

const COLUMNS: [&str; 14] = [
    "序号",
    "时间",
    "人员",
    "人员标识",
    "来源地址",
    "机关",
    "办理",
    "办理代号",
    "对象",
    "办理前",
    "办理后",
    "理由",
    "上一条校验值",
    "校验值",
];

/// The head of the file, with the mark by which spreadsheets know UTF-8.
fn head() -> Vec<u8> {
    let mut text = vec![0xEF, 0xBB, 0xBF];
    text.extend(written(|writer| writer.write_record(COLUMNS)));
    text
}

fn written(write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    write(&mut writer).expect("writing into memory does not fail");
    writer.into_inner().expect("flushing into memory does not fail")
}

fn rows(links: &[Link]) -> Vec<u8> {
    written(|writer| {
        for link in links {
            let event = &link.event;
            let (sequence, at) = (link.sequence.to_string(), china(event.at).to_string());
            let fields = [
                &sequence,
                &at,
                &event.actor_name,
                &event.actor,
                &event.origin,
                &event.organ,
                names::name(&event.act),
                &event.act,
                &event.thing,
                &event.before,
                &event.after,
                &event.reason,
                &link.previous,
                &link.hash,
            ];
            writer.write_record(fields.map(harmless))?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongkai_domain::audit::{Algorithm, Event};

    #[test]
    fn no_text_of_the_log_becomes_a_formula() {
        let event = Event {
            at: jiff::Timestamp::UNIX_EPOCH,
            actor: "system".to_owned(),
            actor_name: String::new(),
            origin: "local".to_owned(),
            organ: String::new(),
            act: "item.publish".to_owned(),
            thing: String::new(),
            before: String::new(),
            after: String::new(),
            reason: "=HYPERLINK(\"x\")".to_owned(),
        };
        let (previous, hash) = (String::new(), String::new());
        let link = Link { sequence: 1, algorithm: Algorithm::Sha256, event, previous, hash };
        let text = String::from_utf8(rows(&[link])).expect("text");
        assert!(text.contains("'=HYPERLINK"), "{text}");
    }

    #[test]
    fn the_file_says_that_it_is_utf8_and_names_its_columns() {
        let head = head();
        assert!(head.starts_with(&[0xEF, 0xBB, 0xBF]));
        assert!(String::from_utf8_lossy(&head).contains("序号,时间,人员"));
    }
}
