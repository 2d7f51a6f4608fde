using System.Security.Cryptography;

namespace Kiwire.Radius.Client;

/// <summary>When a request that is not answered is sent again (RFC 5080, 2.2.1). The defaults are the RFC's. Immutable.</summary>
public sealed record RetransmissionPolicy
{
    /// <summary>The RFC's values.</summary>
    public static RetransmissionPolicy Default { get; } = new();

    /// <summary>IRT: how long to wait after the first sending; more than zero.</summary>
    public TimeSpan InitialInterval
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(2);

    /// <summary>MRT: each wait doubles the one before, up to this; more than zero.</summary>
    public TimeSpan MaximumInterval
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(16);

    /// <summary>MRC: how often a request is sent at the most, the first time counted; at least 1.</summary>
    public int MaximumSends
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 5;

    /// <summary>MRD: how long after the first sending the request is given up; more than zero.</summary>
    public TimeSpan MaximumDuration
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>RAND: by which part of itself a wait is made longer or shorter at random, so that clients do not fall into step; 0 to 0.5.</summary>
    public double Jitter
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 0.5);
            field = value;
        }
    } = 0.1;

    /// <summary>How long to wait after a sending.</summary>
    /// <param name="previous">The wait before it; zero after the first sending.</param>
    internal TimeSpan NextInterval(TimeSpan previous)
    {
        TimeSpan interval = previous == TimeSpan.Zero ? Randomised(InitialInterval, InitialInterval) : Randomised(previous * 2, previous);
        return interval > MaximumInterval ? Randomised(MaximumInterval, MaximumInterval) : interval;
    }

    private TimeSpan Randomised(TimeSpan interval, TimeSpan by)
    {
        const int steps = 1 << 20;
        double random = (RandomNumberGenerator.GetInt32(-steps, steps + 1) / (double)steps) * Jitter;
        return interval + (by * random);
    }
}
