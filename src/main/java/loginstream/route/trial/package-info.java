/** An edit is tried before it counts: rehearsed with recent records, then watched while it is live. Two sets of routes come in; a finding that refuses the edit, or none, leaves. {@link loginstream.route.trial.Rehearsal} and {@link loginstream.route.trial.Probation} are the doors. */
package loginstream.route.trial;
