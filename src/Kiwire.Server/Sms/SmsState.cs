namespace Kiwire.Server.Sms;

/// <summary>How far a message has come. Numbers are the database's.</summary>
internal enum SmsState
{
    /// <summary>Waits for its turn, or for another try.</summary>
    Queued = 0,

    /// <summary>A server hands it to a gateway.</summary>
    Sending = 1,

    /// <summary>A gateway took it.</summary>
    Sent = 2,

    /// <summary>The gateway says that it arrived.</summary>
    Delivered = 3,

    /// <summary>It was not sent, or the gateway says that it did not arrive.</summary>
    Failed = 4,
}

/// <summary>The states' words.</summary>
internal static class SmsStateWords
{
    public static string Of(SmsState state) => state switch
    {
        SmsState.Queued => "queued",
        SmsState.Sending => "sending",
        SmsState.Sent => "sent",
        SmsState.Delivered => "delivered",
        _ => "failed",
    };
}
