"""The pages of a sign-in, as a browser shows them."""

from __future__ import annotations

from html import escape

_STYLE = (
    "body{font:16px system-ui,sans-serif;background:#f3f3f3;margin:0;display:grid;place-items:center;min-height:100vh}"
    "main{background:#fff;border:1px solid #ddd;border-radius:4px;padding:2rem;width:22rem}"
    "h1{font-size:1.25rem;margin-top:0}label{display:block;margin-bottom:1rem}"
    "input{box-sizing:border-box;width:100%;padding:.5rem;margin-top:.25rem}"
    "button{padding:.6rem 1.2rem;margin-right:.5rem}.wrong{color:#b00020}"
)
_ACTION = "/services/oauth2/authorize"


def _page(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def sign_in(page: str, username: str, failed: bool = False) -> str:
    """Ask for username and password."""
    wrong = "<p class=wrong>Please check your username and password.</p>" if failed else ""
    return _page(
        "Login | Salesforce simulator",
        f'<h1>Log in to the simulated Salesforce</h1>{wrong}<form method="post" action="{_ACTION}">'
        f'<input type="hidden" name="page" value="{escape(page)}">'
        f'<label>Username<input name="username" autocomplete="username" value="{escape(username)}" autofocus></label>'
        '<label>Password<input name="password" type="password" autocomplete="current-password"></label>'
        "<button>Log In</button></form>",
    )


def approve(page: str, username: str, client_id: str) -> str:
    """Ask whether the application may come in."""
    return _page(
        "Allow Access? | Salesforce simulator",
        f"<h1>Allow Access?</h1><p>The application <b>{escape(client_id)}</b> asks to manage user data through the API "
        f"and to act for {escape(username)} at any time.</p>"
        f'<form method="post" action="{_ACTION}"><input type="hidden" name="page" value="{escape(page)}">'
        '<button name="answer" value="deny">Deny</button><button name="answer" value="allow">Allow</button></form>',
    )


def error(code: str, description: str) -> str:
    """Say why there is nothing to sign in to."""
    return _page(
        "OAuth Error | Salesforce simulator",
        "<h1>We can't authorize you because of an OAuth error.</h1>"
        f"<p>error={escape(code)}&amp;error_description={escape(description)}</p>",
    )


def device(user_code: str, problem: str = "") -> str:
    """Ask for the code that a program shows, and who the person is."""
    wrong = f"<p class=wrong>{escape(problem)}</p>" if problem else ""
    return _page(
        "Connect | Salesforce simulator",
        f'<h1>Connect your device</h1>{wrong}<form method="post" action="/setup/connect">'
        f'<label>Code<input name="user_code" value="{escape(user_code)}" autofocus></label>'
        '<label>Username<input name="username" autocomplete="username"></label>'
        '<label>Password<input name="password" type="password" autocomplete="current-password"></label>'
        '<button name="answer" value="deny">Deny</button><button name="answer" value="allow">Connect</button></form>',
    )


def done() -> str:
    """Send the person back to the program."""
    return _page("Connected | Salesforce simulator", "<h1>You can go back to your device.</h1>")
