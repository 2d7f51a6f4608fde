namespace Kiwire.Server.Sms;

/// <summary>What a campaign sends to some accounts, and to which of them it sends nothing.</summary>
internal sealed class SmsCampaignPortion
{
    private SmsCampaignPortion(IReadOnlyList<SmsCampaignMessage> messages, SmsCampaignTally tally)
    {
        Messages = messages;
        Tally = tally;
    }

    /// <summary>Each number once.</summary>
    public IReadOnlyList<SmsCampaignMessage> Messages { get; }

    /// <summary>Who gets none, and why.</summary>
    public SmsCampaignTally Tally { get; }

    /// <summary>Fills the text in for each account.</summary>
    /// <param name="campaign">What is to be sent.</param>
    /// <param name="recipients">To whom.</param>
    public static SmsCampaignPortion Of(SmsCampaign campaign, IReadOnlyList<SmsRecipient> recipients)
    {
        MessageTemplate? template = campaign.Template is null ? null : MessageTemplate.Parse(campaign.Text, out _);
        IReadOnlyDictionary<string, string> given = campaign.Values;
        SmsCampaignTally tally = new();
        Dictionary<string, SmsCampaignMessage> messages = new(StringComparer.Ordinal);
        foreach (SmsRecipient account in recipients)
        {
            if (account.Phone.Length == 0)
            {
                tally.NoPhone++;
                continue;
            }

            if (!PhoneNumber.TryParse(account.Phone, out PhoneNumber phone))
            {
                tally.BadPhone++;
                continue;
            }

            Dictionary<string, string> values = SmsVariables.Of(given, account, phone);
            string text = template is null ? campaign.Text : template.FindMissing(values).Count == 0 ? template.Fill(values) : "";
            if (text.Trim().Length == 0 || text.Length > MessageTemplate.LongestText)
            {
                // With one account's long name the others' messages would wait for ever.
                tally.NoValue++;
            }
            else if (!messages.TryAdd(phone.Digits, new SmsCampaignMessage(phone, account.Account, text)))
            {
                tally.Duplicate++;
            }
        }

        return new SmsCampaignPortion([.. messages.Values], tally);
    }
}

/// <summary>One of a campaign's messages.</summary>
internal sealed record SmsCampaignMessage(PhoneNumber Phone, string Account, string Text)
{
    public SmsLength Length => SmsLength.Of(Text);

    /// <summary>Without the text.</summary>
    public override string ToString() => $"campaign's message to {Phone}";
}
