namespace Kiwire.Snmp.Messages;

/// <summary>What a received message is to the request that waits for it.</summary>
internal enum MessageVerdict
{
    /// <summary>Nothing: the request waits on.</summary>
    Ignored,

    /// <summary>Its answer.</summary>
    Answer,

    /// <summary>What had to be known before it can be answered: it is written and sent again.</summary>
    SendAgain,

    /// <summary>The end of it.</summary>
    Failed,
}
