//! The text as it was typed made into what is published: clean HTML, and the same as plain text.

use crate::AppError;
use gongkai_domain::item::{Content, Markup, Typed};
use gongkai_papers::item_text::{PastedAs, Unreadable, read_pasted};

/// Puts a typed text into the content; answers what was left out of it, a sentence each.
///
/// # Errors
/// When it is larger, deeper or wider than a text may be.
pub async fn put(content: &mut Content, typed: Typed) -> Result<Vec<String>, AppError> {
    let pasted_as = match typed.markup {
        Markup::Plain => PastedAs::Plain,
        Markup::Markdown => PastedAs::Markdown,
        Markup::Html => PastedAs::Html,
    };
    let text = typed.text.clone();
    let read = tokio::task::spawn_blocking(move || read_pasted(pasted_as, &text)).await;
    let unreadable = |error: Unreadable| AppError::invalid("text", error.to_string());
    let clean = read.map_err(|error| AppError::Broken(error.to_string()))?.map_err(unreadable)?;
    let blocks: Vec<&str> = clean.blocks.iter().map(|block| block.text.as_str()).collect();
    content.text = blocks.join("\n");
    content.html = clean.html;
    content.typed = Some(typed).filter(|typed| typed.markup != Markup::Html);
    Ok(clean.notes)
}

/// The text to type on: as it was typed, or the HTML itself.
pub fn typed(content: &Content) -> Typed {
    let html = || Typed { markup: Markup::Html, text: content.html.clone() };
    content.typed.clone().unwrap_or_else(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_way_of_typing_becomes_clean_html_and_can_be_typed_on() {
        let cases = [
            (Markup::Plain, "第一段\n第二段 <b>", "<p>第一段</p>"),
            (Markup::Markdown, "## 一、总则\n\n正文", "<h2>一、总则</h2>"),
            (Markup::Html, "<p style='x'>正文<script>x</script></p>", "<p>正文</p>"),
        ];
        for (markup, text, expected) in cases {
            let mut content = Content::default();
            let given = Typed { markup, text: text.to_owned() };
            put(&mut content, given.clone()).await.unwrap();
            assert!(content.html.contains(expected), "{}", content.html);
            assert!(!content.html.contains("<script") && !content.html.contains("<b>"));
            if markup != Markup::Html {
                assert_eq!(typed(&content), given);
            }
        }
    }
}
