//! Templates.

mod lifecycle;
mod results;
mod sharing;

use contract::target::Target;
use docspace::Room;

use crate::fixture::room;

/// Creates a room and a template of it.
async fn template(target: &Target, title: &str) -> Room {
    let room = room(target).await;
    target.portal().room(&room).save_as_template(title).start().await.unwrap().wait().await.unwrap()
}
