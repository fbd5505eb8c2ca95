//! The flags that select links.

use clap::Args;
use docspace::{Access, RoomLink, Timestamp};

use super::values;

/// The flags that select links by their properties. A link must match all of them.
#[derive(Clone, Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct LinkFilterArgs {
    /// Select only links that never expire
    #[arg(long, conflicts_with_all = ["expires_within", "expired"])]
    never_expires: bool,
    /// Select only links that expire within this time, such as 14days, or by a date such as
    /// 2027-01-31, and have not expired yet
    #[arg(long, value_name = "TIME", value_parser = values::date, conflicts_with = "expired")]
    expires_within: Option<Timestamp>,
    /// Select only links that have expired
    #[arg(long)]
    expired: bool,
    /// Select only external links without a password
    #[arg(long, conflicts_with = "invitation")]
    without_password: bool,
    /// Select only external links, including primary links; with --invitation, links of both types
    #[arg(long)]
    external: bool,
    /// Select only invitation links
    #[arg(long)]
    invitation: bool,
    /// Select only links with this access; repeat the flag to include other accesses
    #[arg(long = "with-access", value_name = "ACCESS", value_parser = values::link_access(), ignore_case = true)]
    with_accesses: Vec<Access>,
}

impl LinkFilterArgs {
    /// Whether one of the flags is given.
    pub(crate) fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// Whether a link matches all flags.
    pub(crate) fn matches(&self, link: &RoomLink) -> bool {
        let expiry = link.expires().filter(|date| !date.is_unset());
        let is_external = !link.is_invitation();
        (!self.never_expires || expiry.is_none())
            && self.expires_within.is_none_or(|end| !link.is_expired() && expiry.is_some_and(|date| date <= end))
            && (!self.expired || link.is_expired())
            && (!self.without_password || is_external && link.password().is_none())
            && (self.external == self.invitation || self.external == is_external)
            && (self.with_accesses.is_empty() || self.with_accesses.contains(&link.access))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{mock_session, parse, parsed};

    #[tokio::test]
    async fn links_match_all_flags() {
        let (_mock, session) = mock_session().await;
        let room = session.portal.rooms().create("Audit", docspace::RoomType::Custom).send().await.expect("a room");
        let links = session.portal.room(&room).links();
        links.create(Access::Read).title("soon").expires(Timestamp::in_days(7)).send().await.expect("a link");
        links.create(Access::Comment).title("open").send().await.expect("a link");
        links.create(Access::Review).title("locked").password("s3cret-enough").send().await.expect("a link");
        links.invite(Access::Editing).title("join").send().await.expect("a link");
        let links = links.list().await.expect("links");
        for (flags, expected) in [
            (&[][..], "join locked open soon"),
            (&["--never-expires"], "join locked open"),
            (&["--expires-within", "14d"], "soon"),
            (&["--expires-within", "3d"], ""),
            (&["--expired"], ""),
            (&["--without-password"], "open soon"),
            (&["--external"], "locked open soon"),
            (&["--invitation"], "join"),
            (&["--invitation", "--external"], "join locked open soon"),
            (&["--with-access", "read", "--with-access", "editing"], "join soon"),
            (&["--never-expires", "--without-password"], "open"),
        ] {
            let filter: LinkFilterArgs = parsed(flags);
            let mut titles: Vec<_> = links.iter().filter(|link| filter.matches(link)).map(RoomLink::title).collect();
            titles.sort_unstable();
            assert_eq!(titles.join(" "), expected, "{flags:?}");
            assert_eq!(filter.is_set(), !flags.is_empty());
        }
    }

    #[test]
    fn flags_that_exclude_each_other_are_rejected() {
        for flags in [["--never-expires", "--expired"], ["--without-password", "--invitation"]] {
            assert!(parse::<LinkFilterArgs>(&flags).is_err(), "{flags:?}");
        }
    }
}
