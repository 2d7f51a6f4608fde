using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>What became of letting a device in.</summary>
internal abstract record OnlineOutcome
{
    private OnlineOutcome()
    {
    }

    /// <summary>In words, for whoever asked.</summary>
    public abstract string Text { get; }

    /// <summary>Whether the device is in, or comes in when it next asks.</summary>
    public virtual bool IsSuccess => false;

    /// <summary>The account could not be made: nothing was changed.</summary>
    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : OnlineOutcome
    {
        public override string Text => string.Join(' ', Faults.Select(fault => fault.Message));
    }

    /// <summary>A check of a login failed: nothing was sent, and there is no grant.</summary>
    /// <param name="Reason">Which.</param>
    /// <param name="Message">What a login would have been answered.</param>
    public sealed record Refused(LoginReason Reason, string Message) : OnlineOutcome
    {
        public override string Text => Message;
    }

    /// <summary>As many grants wait as may: nothing was sent.</summary>
    public sealed record Full : OnlineOutcome
    {
        public override string Text => "Too many devices wait to be let in; try again in some minutes.";
    }

    /// <summary>The grant is stored.</summary>
    /// <param name="Nas">Where.</param>
    /// <param name="Answer">What the NAS said; null: its type cannot be told.</param>
    public sealed record Granted(NasEntry Nas, SessionAnswer? Answer) : OnlineOutcome
    {
        public override bool IsSuccess => Answer is null or { IsSuccess: true };

        public override string Text => Answer switch
        {
            null => $"Equipment of type {Nas.Type.Name} takes no such request: the device is let in when it next asks, within 5 minutes.",
            { IsSuccess: true } when Nas.Type.DynamicAuthorization.Authorize.By == AuthorizeBy.Reauthenticate =>
                "The NAS acknowledged it, and is to ask again for the device, which is let in.",
            { IsSuccess: true } => "The NAS acknowledged it: the device is in.",
            _ => $"{Answer.Text} If the device asks within 5 minutes, it is let in.",
        };
    }
}
