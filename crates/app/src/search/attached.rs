//! The texts of an item's attachments, as far as they can be read; a file that cannot is left out.

use crate::App;
use gongkai_domain::item::Item;
use gongkai_papers::searchable::text_of_file;

/// More than this of the attachments of one item is not indexed, in characters.
const MOST: usize = 300_000;

/// The texts of the attachments of the public edition, one after the other. Nothing of an item that
/// the public may not read.
pub(super) async fn texts(app: &App, item: &Item) -> String {
    let readable = item.public.as_ref().filter(|_| item.standing.is_readable());
    let attachments = readable.map_or(&[][..], |public| &public.content.attachments);
    let mut texts = String::new();
    for attachment in attachments {
        let bytes = match app.files.read(&attachment.digest).await {
            Ok(Some(bytes)) => bytes,
            Ok(None) => continue,
            Err(error) => {
                tracing::warn!(item = %item.id, "附件“{}”读不出，没有编入检索：{error}", attachment.name);
                continue;
            }
        };
        let read = tokio::task::spawn_blocking(move || text_of_file(&bytes)).await;
        let Ok(Some(text)) = read else { continue };
        texts.extend(text.chars().take(MOST.saturating_sub(texts.chars().count())));
        texts.push('\n');
    }
    texts
}
