namespace Kiwire.Server.Sms;

/// <summary>Whose wire form a connector speaks.</summary>
internal enum SmsProvider
{
    /// <summary>Twilio Programmable Messaging.</summary>
    Twilio,

    /// <summary>MessageBird's REST API.</summary>
    MessageBird,

    /// <summary>MessageBird's HTTP API of old: user name, password, sender.</summary>
    MessageBirdV1,

    /// <summary>The generic form with an API key.</summary>
    Synchroweb,

    /// <summary>Any gateway that takes a request of variables; or a preset of it.</summary>
    Generic,
}

/// <summary>How a number is written to a gateway.</summary>
internal enum PhoneFormat
{
    /// <summary><c>+60123456789</c>.</summary>
    E164,

    /// <summary><c>60123456789</c>.</summary>
    Digits,

    /// <summary><c>0060123456789</c>.</summary>
    DoubleZero,
}

/// <summary>How a POST's body is written.</summary>
internal enum BodyEncoding
{
    Form,
    Json,
}
