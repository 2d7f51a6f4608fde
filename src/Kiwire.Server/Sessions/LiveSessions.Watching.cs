using Kiwire.Server.Accounts;

namespace Kiwire.Server.Sessions;

/// <summary>What those see who watch over the open sessions.</summary>
internal sealed partial class LiveSessions
{
    /// <summary>How many parts the sessions are looked through in.</summary>
    public static int PartCount => StripeCount;

    /// <summary>Adds the open sessions of one part, as they are now.</summary>
    /// <param name="part">0 to <see cref="PartCount"/> - 1.</param>
    /// <param name="open">Gets them.</param>
    public void CopyOpen(int part, List<OpenSession> open)
    {
        Stripe stripe = _stripes[part];
        lock (stripe.Lock)
        {
            foreach (LiveSession session in stripe.Sessions.Values)
            {
                if (session.Progress.IsOpen && session.AccountId != 0)
                {
                    // For one from before this start: what it has when it is first seen.
                    session.Granted ??= accounts.TryFindById(session.TenantId, session.AccountId)?.Profile;
                    open.Add(OpenSession.Of(session));
                }
            }
        }
    }

    /// <summary>A session as it is now; null: it is not in memory, or another one has its identity.</summary>
    public OpenSession? FindOpen(ReadOnlySpan<byte> key, long sessionId)
    {
        Stripe stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            return stripe.BySpan.TryGetValue(key, out LiveSession? session) && session.Progress.IsOpen && session.Progress.SessionId == sessionId
                ? OpenSession.Of(session)
                : null;
        }
    }

    /// <summary>Takes down whose rates a session has been given.</summary>
    public void SetGranted(ReadOnlySpan<byte> key, Profile granted)
    {
        Stripe stripe = StripeOf(key);
        lock (stripe.Lock)
        {
            if (stripe.BySpan.TryGetValue(key, out LiveSession? session))
            {
                session.Granted = granted;
            }
        }
    }
}

/// <summary>An open session, as it was at one moment.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="AccountId">Not 0.</param>
/// <param name="SessionId">Which.</param>
/// <param name="LastNewsAt">The time of the newest event that counted: Unix milliseconds.</param>
/// <param name="HeardAt">When this server last heard of it, by its own clock.</param>
/// <param name="IsDisplaced">A later login has taken its place.</param>
/// <param name="Granted">The profile whose rates it was given; null: not known.</param>
internal readonly record struct OpenSession(
    long TenantId, long AccountId, long SessionId, long LastNewsAt, long HeardAt, bool IsDisplaced, Profile? Granted)
{
    public static OpenSession Of(LiveSession session) => new(
        session.TenantId, session.AccountId, session.Progress.SessionId, session.Progress.LastNewsAt, session.HeardAt, session.IsDisplaced, session.Granted);
}
