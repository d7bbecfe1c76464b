//! RSS of the newest items: of the site, of an organ, of a column.

use crate::answer::{Answer, Failure};
use crate::public::columns::column;
use crate::public::organs::find;
use crate::public::rows::organ_name;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use gongkai_app::items::{Filter, Line, Page};
use gongkai_app::site::lists;
use gongkai_app::{App, AppError};
use gongkai_domain::item_kind::kind;
use gongkai_domain::organ::Organ;
use gongkai_domain::time::china;
use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde::Deserialize;
use std::io;

/// Of which organ and which column; nothing means all.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    organ: String,
    column: String,
}

/// How many items a feed holds.
const LINES: i64 = 30;

/// The newest items.
pub async fn show(State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let organs = app.organs().await?;
    let organ = match asked.organ.as_str() {
        "" => None,
        text => Some(find(&organs, text)?),
    };
    let column = match asked.column.as_str() {
        "" => None,
        key => Some(column(key).ok_or(AppError::NotFound("这个栏目"))?),
    };
    let filter = Filter {
        organs: organ.iter().map(|organ| organ.id.clone()).collect(),
        kinds: column.map(|column| column.kinds.clone()).unwrap_or_default(),
        ..Filter::default()
    };
    let (lines, _) = lists::lines(&app, &filter, Page { skip: 0, limit: LINES }).await?;
    let mut title = app.config.site.name.clone();
    for part in organ.iter().map(|organ| &organ.name).chain(column.map(|column| &column.title)) {
        title = format!("{title} - {part}");
    }
    let site = app.config.site.address.trim_end_matches('/');
    let bytes = written(&title, site, &lines, &organs)
        .map_err(|error| Failure(AppError::Broken(format!("没有写出订阅：{error}"))))?;
    Ok(([(header::CONTENT_TYPE, "application/rss+xml; charset=utf-8")], bytes).into_response())
}

fn written(title: &str, site: &str, lines: &[Line], organs: &[Organ]) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let rss = xml.create_element("rss").with_attribute(("version", "2.0"));
    rss.write_inner_content(|xml| {
        xml.create_element("channel").write_inner_content(|xml| {
            text(xml, "title", title)?;
            text(xml, "link", &format!("{site}/"))?;
            text(xml, "description", title)?;
            text(xml, "language", "zh-cn")?;
            lines.iter().try_for_each(|line| item(xml, site, line, organs))
        })?;
        Ok(())
    })?;
    Ok(xml.into_inner())
}

fn item(xml: &mut Writer<Vec<u8>>, site: &str, line: &Line, organs: &[Organ]) -> io::Result<()> {
    let address = format!("{site}/items/{}", line.id);
    xml.create_element("item").write_inner_content(|xml| {
        text(xml, "title", &line.title)?;
        text(xml, "link", &address)?;
        text(xml, "guid", &address)?;
        text(xml, "author", &organ_name(organs, &line.organ))?;
        text(xml, "category", kind(&line.kind).map_or("", |kind| &kind.title))?;
        match line.published_at {
            Some(at) => text(xml, "pubDate", &mail_date(at)),
            None => Ok(()),
        }
    })?;
    Ok(())
}

/// The date as RSS wants it, in China's time.
fn mail_date(at: Timestamp) -> String {
    china(at).strftime("%a, %d %b %Y %H:%M:%S +0800").to_string()
}

/// An element with a text; characters that XML cannot hold are left out.
pub(super) fn text(xml: &mut Writer<Vec<u8>>, name: &str, value: &str) -> io::Result<()> {
    let can_stand = |each: &char| !each.is_control() || matches!(each, '\n' | '\t');
    let value: String = value.chars().filter(can_stand).collect();
    xml.create_element(name).write_text_content(BytesText::new(&value))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_holds_what_titles_hold() {
        let written = written("甲<乙>&\u{0}", "http://a.example", &[], &[]).expect("written");
        let text = String::from_utf8(written).expect("text");
        assert!(text.contains("<title>甲&lt;乙&gt;&amp;</title>"), "{text}");
        let at = "2025-03-04T01:30:00Z".parse().expect("an instant");
        assert_eq!(mail_date(at), "Tue, 04 Mar 2025 09:30:00 +0800");
    }
}
