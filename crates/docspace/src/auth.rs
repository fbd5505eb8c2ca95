//! Signing in with a password.

use docspace_api::types::AuthenticateRequest;
use docspace_api::{ClientAuthExt, Secret};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::{Portal, PortalBuilder};

impl PortalBuilder {
    /// Signs in with an e-mail address and a password, and builds a portal that uses the session's token.
    ///
    /// The token lasts a year unless the portal says otherwise; read it with [`Portal::token`] to keep it.
    ///
    /// # Errors
    ///
    /// `Unauthorized` for wrong credentials, `Forbidden` after five wrong tries in a minute or for a disabled account,
    /// `Unauthorized` too where the account asks for a second factor: use an API key then.
    ///
    /// ```no_run
    /// # async fn example() -> docspace::Result<()> {
    /// let portal = docspace::Portal::builder("https://acme.onlyoffice.com").sign_in("ann@acme.com", "…").await?;
    /// println!("signed in as {}", portal.me().await?.display_name);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn sign_in(self, email: impl Into<String>, password: impl Into<Secret>) -> Result<Portal> {
        let email = email.into();
        let password = password.into();
        if email.trim().is_empty() || password.expose().is_empty() {
            return Err(Error::invalid("signing in needs an e-mail address and a password"));
        }
        let anonymous = self.clone().anonymous().build()?;
        let request = AuthenticateRequest {
            user_name: Some(email.trim().to_owned()),
            password: Some(password),
            ..AuthenticateRequest::default()
        };
        let call = Call::new("authenticate", format!("as {}", email.trim()));
        let answer = anonymous.api().authenticate().body(request).send().await;
        let token = call.response(answer, |envelope| envelope.response).await?;
        match token.token {
            Some(token) => self.token(token).build(),
            None => Err(Error::new(ErrorKind::Unauthorized, "the account asks for a second factor")
                .of(&call)
                .advise("make an API key in the portal's developer tools and use that")),
        }
    }
}
