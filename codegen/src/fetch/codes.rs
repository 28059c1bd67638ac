//! Codes of what can go wrong while fetching, with what `bindery explain` says about them.

use crate::source::codes::Explained;

/// An address that is not asked.
pub const ADDRESS: &str = "E0701";
/// An address of a private network.
pub const PRIVATE: &str = "E0702";
/// A redirect that is not followed.
pub const REDIRECT: &str = "E0703";
/// The server's answer is no document.
pub const STATUS: &str = "E0704";
/// No answer.
pub const NO_ANSWER: &str = "E0705";
/// Too much of something.
pub const LIMIT: &str = "E0706";
/// Credentials that cannot be used.
pub const CREDENTIALS: &str = "E0707";
/// A file in the way.
pub const IN_THE_WAY: &str = "E0708";
/// Files that cannot be written.
pub const STORE: &str = "E0709";
/// Nothing to update.
pub const NOTHING: &str = "E0710";
/// A document that was left out.
pub const LEFT_OUT: &str = "W0701";
/// A fetched file holds a secret.
pub const HOLDS_SECRET: &str = "W0702";

/// All of them.
pub const CODES: &[Explained] = &[
    Explained {
        code: ADDRESS,
        title: "an address cannot be asked",
        text: "`bindery fetch` asks `http` and `https` addresses only. The address must not hold a password or a token: it would be stored in the lock \
               and seen in the list of processes. Give a user name with `--user`; for a token in the query write `token=${NAME}` and set the environment \
               variable NAME: the lock keeps the placeholder.",
    },
    Explained {
        code: PRIVATE,
        title: "an address of a private network",
        text: "The host is this machine, or its address belongs to a private or special network (10.x, 192.168.x, link-local, cloud metadata, …). A \
               contract from elsewhere must not make you ask services inside your own network. If the service is yours, give `--allow-private`. The \
               check is made on the address that is then connected to; behind a proxy only names and literal addresses can be checked.",
    },
    Explained {
        code: REDIRECT,
        title: "a redirect is not followed",
        text: "Redirects are followed on the same host, at most ten. To another host only with `--allow-host HOST`, from https to http never: the \
               document would no longer be the one you asked for. Ask the final address yourself if you trust it.",
    },
    Explained {
        code: STATUS,
        title: "the server did not send a document",
        text: "The HTTP status is not 200. 401 and 403 usually want `--user`, or `--cert` and `--key`. For an import, the message names the document \
               that refers to it; with `--allow-missing` an import that cannot be had is left out.",
    },
    Explained {
        code: NO_ANSWER,
        title: "no answer",
        text: "The host was not found, the connection failed or broke, the certificate is not trusted, or the time ran out. `--proxy` goes through a proxy \
               (those of HTTPS_PROXY and NO_PROXY are used without asking), `--ca` names the authorities of an internal certificate, `--timeout` gives a \
               slow server more seconds, `--same-host` asks imports that name a host only the vendor can reach from the contract's own host.",
    },
    Explained {
        code: LIMIT,
        title: "more than fetching takes",
        text: "A document, all documents together, or their number pass a limit; sizes count after unpacking. The limits are those of reading a \
               contract, since what passes them could not be read either.",
    },
    Explained {
        code: CREDENTIALS,
        title: "credentials that cannot be used",
        text: "A certificate or key file is not PEM, a password is missing, or it would go over plain `http`, where everybody on the way can read it. \
               Credentials and client certificates go to the contract's own host only.",
    },
    Explained {
        code: IN_THE_WAY,
        title: "a file is in the way",
        text: "Fetching would replace a file that was not fetched, or was changed since. What you know better than the vendor belongs into an overlay; move \
               the file away, or give `--force` to replace it.",
    },
    Explained {
        code: STORE,
        title: "the fetched files cannot be stored",
        text: "The folder cannot be written, lies outside the folder of the lock, or the documents cannot be laid out as files so that each reference \
               leads to the right one. Everything was left as it was.",
    },
    Explained {
        code: NOTHING,
        title: "nothing to update",
        text: "`bindery fetch --update` asks the addresses in `bindery.lock` again. No file there has one, or none below the folder that was named. \
               Fetch the contract by its address first.",
    },
    Explained {
        code: LEFT_OUT,
        title: "a document was left out",
        text: "An import could not be had, and `--allow-missing` says to go on. What it would have declared stays open or is left out when generating.",
    },
    Explained {
        code: HOLDS_SECRET,
        title: "a fetched file holds a secret",
        text: "The server repeats in its document the value that was put into the address. Files are stored as they came, so the value would be committed \
               with them. Ask the vendor for an address without it, or keep the file out of the repository.",
    },
];
