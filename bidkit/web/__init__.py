"""The deal room: pages people work in, in a browser.

In: requests of people who signed in. Out: pages made on the server, files up and down. Every act goes through a use
case under the person's own name. Refuses requests without session, without the form's own token, or beyond a role.
"""
