//! When something expires.

use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, TimeZone};

use super::{InvalidTimestamp, Timestamp};

/// The moment at which a link, an invitation or a key expires.
///
/// A date without a time means the end of that day, in UTC:
///
/// ```
/// use docspace_api::{Expiry, Timestamp};
///
/// let end = Expiry::from("2027-01-31").timestamp()?;
/// assert_eq!(end, Some("2027-01-31T23:59:59Z".parse()?));
/// # Ok::<(), docspace_api::InvalidTimestamp>(())
/// ```
///
/// Setters take anything that converts into it: a [`Timestamp`], a text in the forms that a
/// `Timestamp` is parsed from, a time of chrono, jiff or the standard library, or an `Option` of a
/// timestamp, whose `None` sets nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiry(Result<Option<Timestamp>, InvalidTimestamp>);

impl Expiry {
    /// Whether no moment is set.
    pub fn is_none(&self) -> bool {
        self.0 == Ok(None)
    }

    /// The moment, or `None` if none is set.
    ///
    /// # Errors
    ///
    /// - [`InvalidTimestamp`]: it was given as a text that is not a date.
    pub fn timestamp(self) -> Result<Option<Timestamp>, InvalidTimestamp> {
        self.0
    }
}

/// No moment is set.
impl Default for Expiry {
    fn default() -> Self {
        Self(Ok(None))
    }
}

/// A timestamp that was parsed from a date without a time is the end of that day.
impl From<Timestamp> for Expiry {
    fn from(time: Timestamp) -> Self {
        Self(Ok(Some(if time.is_date() { Timestamp::end_of(time.date()) } else { time })))
    }
}

impl From<Option<Timestamp>> for Expiry {
    fn from(time: Option<Timestamp>) -> Self {
        time.map_or(Self(Ok(None)), Self::from)
    }
}

/// An invalid text is reported when the request is sent, before anything reaches the portal.
impl From<&str> for Expiry {
    fn from(text: &str) -> Self {
        match text.parse::<Timestamp>() {
            Ok(time) => time.into(),
            Err(error) => Self(Err(error)),
        }
    }
}

impl From<String> for Expiry {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<&String> for Expiry {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

/// The end of the day in UTC.
impl From<NaiveDate> for Expiry {
    fn from(day: NaiveDate) -> Self {
        Timestamp::end_of(day).into()
    }
}

impl<Tz: TimeZone> From<DateTime<Tz>> for Expiry {
    fn from(time: DateTime<Tz>) -> Self {
        Timestamp::from(time).into()
    }
}

impl From<SystemTime> for Expiry {
    fn from(time: SystemTime) -> Self {
        Timestamp::from(time).into()
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Expiry {
    fn from(time: jiff::Timestamp) -> Self {
        Timestamp::from(time).into()
    }
}

#[cfg(feature = "jiff")]
impl From<jiff::Zoned> for Expiry {
    fn from(time: jiff::Zoned) -> Self {
        Timestamp::from(time).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_without_a_time_expire_at_the_end_of_the_day() {
        let end: Timestamp = "2027-01-31T23:59:59Z".parse().unwrap();
        let date: Timestamp = "2027-01-31".parse().unwrap();
        for expiry in
            [Expiry::from("2027-01-31"), date.into(), Some(date).into(), date.date().into(), " 2027-01-31 ".into()]
        {
            assert_eq!(expiry.timestamp(), Ok(Some(end)));
        }
    }

    #[test]
    fn dates_with_a_time_are_kept() {
        for text in ["2027-01-31T00:00:00Z", "2027-01-31T00:00", "2027-01-31 00:00:00", "2027-01-31T00:00:00+02:00"] {
            assert_eq!(Expiry::from(text).timestamp(), Ok(Some(text.parse().unwrap())), "{text}");
        }
    }

    #[test]
    fn none_sets_nothing_and_invalid_text_is_an_error() {
        assert_eq!(Expiry::from(None).timestamp(), Ok(None));
        assert!(Expiry::from("tomorrow").timestamp().is_err());
    }
}
