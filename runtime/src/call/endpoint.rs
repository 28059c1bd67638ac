//! Which URLs a call may go to.

use http::Uri;

/// An endpoint that was looked at.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) uri: Uri,
    /// Host and port, for messages.
    pub(crate) host: String,
    /// Over TLS, or never leaving this machine.
    pub(crate) private: bool,
}

/// Checks an endpoint: `http` or `https`, a host, no user information.
///
/// # Errors
/// What is wrong and what to do. The URL itself is not repeated: it may hold secrets.
pub(crate) fn check(url: &str) -> Result<Endpoint, String> {
    if url.is_empty() {
        return Err("the contract names no endpoint: give one with `Settings::endpoint`".into());
    }
    let uri: Uri =
        url.parse().map_err(|_| "the endpoint is not a valid URL: expected `https://HOST/PATH`".to_owned())?;
    let secure = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => false,
        Some(other) => return Err(format!("the endpoint's scheme is {other}: only http and https are spoken")),
        None => return Err("the endpoint must be a whole URL, beginning with https:// or http://".into()),
    };
    let host = uri.host().unwrap_or_default();
    let authority = uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
    if host.is_empty() {
        return Err("the endpoint names no host".into());
    }
    if authority.contains('@') {
        return Err("the endpoint holds user information: use `Settings::credentials`".into());
    }
    let private = secure || is_loopback(host);
    Ok(Endpoint { host: authority.to_owned(), private, uri })
}

fn is_loopback(host: &str) -> bool {
    if host.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The endpoint with a path appended; its query, if it has one, stays at the end, before one that the path has.
///
/// # Errors
/// The path is not one.
pub(crate) fn join(uri: &Uri, path: &str) -> Result<Uri, String> {
    if path.is_empty() {
        return Ok(uri.clone());
    }
    let (path, more) = path.split_once('?').unwrap_or((path, ""));
    let mut whole = if path.is_empty() { uri.path() } else { uri.path().trim_end_matches('/') }.to_owned();
    whole.push_str(path);
    for query in [uri.query().unwrap_or_default(), more].into_iter().filter(|query| !query.is_empty()) {
        whole.push(if whole.contains('?') { '&' } else { '?' });
        whole.push_str(query);
    }
    let mut parts = uri.clone().into_parts();
    let bad = || "the operation's path does not make a valid URL".to_owned();
    parts.path_and_query = Some(whole.parse().map_err(|_| bad())?);
    Uri::from_parts(parts).map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_http_without_user_information() {
        for url in
            ["", "ftp://a/", "file:///etc/passwd", "//host/x", "/x", "https://u:p@a/", "http:", "https://", "a b"]
        {
            assert!(check(url).is_err(), "{url}");
        }
        assert!(!check("https://u:SECRET@a/").unwrap_err().contains("SECRET"));
    }

    #[test]
    fn what_stays_private() {
        for url in ["https://a/", "http://localhost:1/", "http://127.0.0.2/", "http://[::1]:80/"] {
            assert!(check(url).unwrap().private, "{url}");
        }
        for url in ["http://a/", "http://10.0.0.1/", "http://localhost.example/"] {
            assert!(!check(url).unwrap().private, "{url}");
        }
    }

    #[test]
    fn paths_are_appended_before_the_query() {
        let uri: Uri = "https://a/x.svc?k=1".parse().unwrap();
        assert_eq!(join(&uri, "/AddOrder/1").unwrap(), "https://a/x.svc/AddOrder/1?k=1");
        assert_eq!(join(&"https://a".parse().unwrap(), "/m").unwrap(), "https://a/m");
        assert_eq!(join(&uri, "?l=2").unwrap(), "https://a/x.svc?k=1&l=2");
        assert_eq!(join(&"https://a/b".parse().unwrap(), "/m?l=2&n=3").unwrap(), "https://a/b/m?l=2&n=3");
        assert!(join(&uri, "/a b").is_err());
    }
}
