<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>_Counts</name>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln record</numerusform>
            <numerusform>%Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s)</source>
        <translation>
            <numerusform>%Ln field</numerusform>
            <numerusform>%Ln fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pair(s)</source>
        <translation>
            <numerusform>%Ln pair</numerusform>
            <numerusform>%Ln pairs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %Ln suggested pair(s)</source>
        <translation>
            <numerusform>Accept %Ln suggested pair</numerusform>
            <numerusform>Accept %Ln suggested pairs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %Ln certain</source>
        <translation>
            <numerusform>Accept %Ln certain</numerusform>
            <numerusform>Accept %Ln certain</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggested pair(s) look certain: Shift+Enter accepts them.</source>
        <translation>
            <numerusform>%Ln suggested pair looks certain: Shift+Enter accepts it.</numerusform>
            <numerusform>%Ln suggested pairs look certain: Shift+Enter accepts them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln paired</source>
        <translation>
            <numerusform>%Ln paired</numerusform>
            <numerusform>%Ln paired</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without a pair</source>
        <translation>
            <numerusform>%Ln without a pair</numerusform>
            <numerusform>%Ln without a pair</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggested</source>
        <translation>
            <numerusform>%Ln suggested</numerusform>
            <numerusform>%Ln suggested</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln opt-in(s)</source>
        <translation>
            <numerusform>%Ln opt-in</numerusform>
            <numerusform>%Ln opt-ins</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln opt-in(s)</source>
        <translation>
            <numerusform>Add %Ln opt-in</numerusform>
            <numerusform>Add %Ln opt-ins</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s) were taken out.</source>
        <translation>
            <numerusform>%Ln word was taken out.</numerusform>
            <numerusform>%Ln words were taken out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This project has %Ln opt-in(s), and none is sent to Salesforce.</source>
        <translation>
            <numerusform>This project has %Ln opt-in, and it is not sent to Salesforce.</numerusform>
            <numerusform>This project has %Ln opt-ins, and none is sent to Salesforce.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s) found</source>
        <translation>
            <numerusform>%Ln person found</numerusform>
            <numerusform>%Ln people found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entry(ies) written to {0}</source>
        <translation>
            <numerusform>%Ln entry written to {0}</numerusform>
            <numerusform>%Ln entries written to {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln project(s)</source>
        <translation>
            <numerusform>%Ln project</numerusform>
            <numerusform>%Ln projects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sent</source>
        <translation>
            <numerusform>%Ln sent</numerusform>
            <numerusform>%Ln sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln set aside</source>
        <translation>
            <numerusform>%Ln set aside</numerusform>
            <numerusform>%Ln set aside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) set aside wait for you.</source>
        <translation>
            <numerusform>%Ln record set aside waits for you.</numerusform>
            <numerusform>%Ln records set aside wait for you.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s) changed on both sides wait for your choice.</source>
        <translation>
            <numerusform>%Ln value changed on both sides waits for your choice.</numerusform>
            <numerusform>%Ln values changed on both sides wait for your choice.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln consent(s) wait for your review.</source>
        <translation>
            <numerusform>%Ln consent waits for your review.</numerusform>
            <numerusform>%Ln consents wait for your review.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln value(s)</source>
        <translation>
            <numerusform>%Ln value</numerusform>
            <numerusform>%Ln values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln consent(s)</source>
        <translation>
            <numerusform>%Ln consent</numerusform>
            <numerusform>%Ln consents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln created</source>
        <translation>
            <numerusform>%Ln created</numerusform>
            <numerusform>%Ln created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln updated</source>
        <translation>
            <numerusform>%Ln updated</numerusform>
            <numerusform>%Ln updated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln marked as deleted</source>
        <translation>
            <numerusform>%Ln marked as deleted</numerusform>
            <numerusform>%Ln marked as deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mapped</source>
        <translation>
            <numerusform>%Ln mapped</numerusform>
            <numerusform>%Ln mapped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every %Ln min</source>
        <translation>
            <numerusform>Every %Ln min</numerusform>
            <numerusform>Every %Ln min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s)</source>
        <translation>
            <numerusform>%Ln call</numerusform>
            <numerusform>%Ln calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s)</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not looked at since they were written</source>
        <translation>
            <numerusform>%Ln not looked at since it was written</numerusform>
            <numerusform>%Ln not looked at since they were written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s)</source>
        <translation>
            <numerusform>%Ln change</numerusform>
            <numerusform>%Ln changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln change(s)</source>
        <translation>
            <numerusform>Send %Ln change</numerusform>
            <numerusform>Send %Ln changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first {0} of %Ln change(s) are shown.</source>
        <translation>
            <numerusform>The first {0} of %Ln change is shown.</numerusform>
            <numerusform>The first {0} of %Ln changes are shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln attempt(s)</source>
        <translation>
            <numerusform>%Ln attempt</numerusform>
            <numerusform>%Ln attempts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s) in the project file</source>
        <translation>
            <numerusform>%Ln problem in the project file</numerusform>
            <numerusform>%Ln problems in the project file</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) in its integrations do not suit this project</source>
        <translation>
            <numerusform>%Ln thing in its integrations does not suit this project</numerusform>
            <numerusform>%Ln things in its integrations do not suit this project</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to correct</source>
        <translation>
            <numerusform>%Ln to correct</numerusform>
            <numerusform>%Ln to correct</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last %Ln run(s)</source>
        <translation>
            <numerusform>The last run</numerusform>
            <numerusform>The last %Ln runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unchanged</source>
        <translation>
            <numerusform>%Ln unchanged</numerusform>
            <numerusform>%Ln unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s) used</source>
        <translation>
            <numerusform>%Ln call used</numerusform>
            <numerusform>%Ln calls used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) are written and can be undone</source>
        <translation>
            <numerusform>%Ln record is written and can be undone</numerusform>
            <numerusform>%Ln records are written and can be undone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s)</source>
        <translation>
            <numerusform>%Ln minute</numerusform>
            <numerusform>%Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s)</source>
        <translation>
            <numerusform>%Ln hour</numerusform>
            <numerusform>%Ln hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) will be sent again by the next run.</source>
        <translation>
            <numerusform>%Ln record will be sent again by the next run.</numerusform>
            <numerusform>%Ln records will be sent again by the next run.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) dismissed.</source>
        <translation>
            <numerusform>%Ln record dismissed.</numerusform>
            <numerusform>%Ln records dismissed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) exported.</source>
        <translation>
            <numerusform>%Ln record exported.</numerusform>
            <numerusform>%Ln records exported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln choice(s) noted; the next run carries them out.</source>
        <translation>
            <numerusform>%Ln choice noted; the next run carries it out.</numerusform>
            <numerusform>%Ln choices noted; the next run carries them out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Retry a&amp;ll %Ln</source>
        <translation>
            <numerusform>Retry the &amp;one</numerusform>
            <numerusform>Retry a&amp;ll %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The same for the %Ln other(s) of this field under this rule</source>
        <translation>
            <numerusform>The same for the other one of this field under this rule</numerusform>
            <numerusform>The same for the %Ln others of this field under this rule</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Keep %Ln value(s)</source>
        <translation>
            <numerusform>Keep %Ln value</numerusform>
            <numerusform>Keep %Ln values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore %Ln value(s)</source>
        <translation>
            <numerusform>Restore %Ln value</numerusform>
            <numerusform>Restore %Ln values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take back %Ln record(s)</source>
        <translation>
            <numerusform>Take back %Ln record</numerusform>
            <numerusform>Take back %Ln records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) get back what they held before.</source>
        <translation>
            <numerusform>%Ln field gets back what it held before.</numerusform>
            <numerusform>%Ln fields get back what they held before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln field(s) hold something else by now and stay as they are.</source>
        <translation>
            <numerusform>%Ln field holds something else by now and stays as it is.</numerusform>
            <numerusform>%Ln fields hold something else by now and stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) that the run created stay.</source>
        <translation>
            <numerusform>%Ln record that the run created stays.</numerusform>
            <numerusform>%Ln records that the run created stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln consent(s) that the run wrote stay: consents are never taken back.</source>
        <translation>
            <numerusform>%Ln consent that the run wrote stays: consents are never taken back.</numerusform>
            <numerusform>%Ln consents that the run wrote stay: consents are never taken back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s) today</source>
        <translation>
            <numerusform>%Ln run today</numerusform>
            <numerusform>%Ln runs today</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln character</numerusform>
            <numerusform>%Ln characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Dismiss %Ln record(s)?</source>
        <translation>
            <numerusform>Dismiss %Ln record?</numerusform>
            <numerusform>Dismiss %Ln records?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Numbers are rounded to %Ln decimal(s); a half goes away from zero.</source>
        <translation>
            <numerusform>Numbers are rounded to %Ln decimal; a half goes away from zero.</numerusform>
            <numerusform>Numbers are rounded to %Ln decimals; a half goes away from zero.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records have decimals.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records has decimals.</numerusform>
            <numerusform>%Ln of {0} sampled records have decimals.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records have more than {1} decimals.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records has more than {1} decimals.</numerusform>
            <numerusform>%Ln of {0} sampled records have more than {1} decimals.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records are longer than {1} characters; the longest has {2}.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records is longer than {1} characters; the longest has {2}.</numerusform>
            <numerusform>%Ln of {0} sampled records are longer than {1} characters; the longest has {2}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records hold too large a number.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records holds too large a number.</numerusform>
            <numerusform>%Ln of {0} sampled records hold too large a number.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records hold a value that is not in the list.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records holds a value that is not in the list.</numerusform>
            <numerusform>%Ln of {0} sampled records hold a value that is not in the list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records hold no e-mail address.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records holds no e-mail address.</numerusform>
            <numerusform>%Ln of {0} sampled records hold no e-mail address.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records hold several values.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records holds several values.</numerusform>
            <numerusform>%Ln of {0} sampled records hold several values.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records are empty.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records is empty.</numerusform>
            <numerusform>%Ln of {0} sampled records are empty.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records hold a value of another kind.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records holds a value of another kind.</numerusform>
            <numerusform>%Ln of {0} sampled records hold a value of another kind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records are rounded.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records is rounded.</numerusform>
            <numerusform>%Ln of {0} sampled records are rounded.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records are shortened.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records is shortened.</numerusform>
            <numerusform>%Ln of {0} sampled records are shortened.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {0} sampled records are changed so that they fit.</source>
        <translation>
            <numerusform>%Ln of {0} sampled records is changed so that it fits.</numerusform>
            <numerusform>%Ln of {0} sampled records are changed so that they fit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) looked at, {0} with a value.</source>
        <translation>
            <numerusform>%Ln record looked at, {0} with a value.</numerusform>
            <numerusform>%Ln records looked at, {0} with a value.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln still set aside</source>
        <translation>
            <numerusform>%Ln still set aside</numerusform>
            <numerusform>%Ln still set aside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln row(s)</source>
        <translation>
            <numerusform>about %Ln row</numerusform>
            <numerusform>about %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln column(s)</source>
        <translation>
            <numerusform>%Ln column</numerusform>
            <numerusform>%Ln columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %Ln row(s)</source>
        <translation>
            <numerusform>&amp;Import %Ln row</numerusform>
            <numerusform>&amp;Import %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Check about %Ln row(s)</source>
        <translation>
            <numerusform>&amp;Check about %Ln row</numerusform>
            <numerusform>&amp;Check about %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Save the %Ln row(s) as CSV…</source>
        <translation>
            <numerusform>&amp;Save the %Ln row as CSV…</numerusform>
            <numerusform>&amp;Save the %Ln rows as CSV…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Co&amp;rrect the %Ln row(s)…</source>
        <translation>
            <numerusform>Co&amp;rrect the %Ln row…</numerusform>
            <numerusform>Co&amp;rrect the %Ln rows…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) went out already; what is corrected here is sent now.</source>
        <translation>
            <numerusform>%Ln row went out already; what is corrected here is sent now.</numerusform>
            <numerusform>%Ln rows went out already; what is corrected here is sent now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) corrected here; the file itself is not changed.</source>
        <translation>
            <numerusform>%Ln row corrected here; the file itself is not changed.</numerusform>
            <numerusform>%Ln rows corrected here; the file itself is not changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) went out before this import was stopped; none goes out twice.</source>
        <translation>
            <numerusform>%Ln row went out before this import was stopped; none goes out twice.</numerusform>
            <numerusform>%Ln rows went out before this import was stopped; none goes out twice.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln will be shortened</source>
        <translation>
            <numerusform>%Ln will be shortened</numerusform>
            <numerusform>%Ln will be shortened</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) refused</source>
        <translation>
            <numerusform>%Ln row refused</numerusform>
            <numerusform>%Ln rows refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Go on with %Ln row(s)</source>
        <translation>
            <numerusform>&amp;Go on with %Ln row</numerusform>
            <numerusform>&amp;Go on with %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln person(s) of this file were erased from Dialog Insight</source>
        <translation>
            <numerusform>%Ln person of this file was erased from Dialog Insight</numerusform>
            <numerusform>%Ln people of this file were erased from Dialog Insight</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Bring %Ln person(s) back</source>
        <translation>
            <numerusform>Bring %Ln person back</numerusform>
            <numerusform>Bring %Ln people back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Each person is looked up in Dialog Insight too: about %Ln call(s).</source>
        <translation>
            <numerusform>Each person is looked up in Dialog Insight too: about %Ln call.</numerusform>
            <numerusform>Each person is looked up in Dialog Insight too: about %Ln calls.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Install %Ln field(s)…</source>
        <translation>
            <numerusform>&amp;Install %Ln field…</numerusform>
            <numerusform>&amp;Install %Ln fields…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln problem(s) in this mapping</source>
        <translation>
            <numerusform>%Ln problem in this mapping</numerusform>
            <numerusform>%Ln problems in this mapping</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Install %Ln component(s)</source>
        <translation>
            <numerusform>&amp;Install %Ln component</numerusform>
            <numerusform>&amp;Install %Ln components</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Remove %Ln component(s)</source>
        <translation>
            <numerusform>&amp;Remove %Ln component</numerusform>
            <numerusform>&amp;Remove %Ln components</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln conflict(s)</source>
        <translation>
            <numerusform>%Ln conflict</numerusform>
            <numerusform>%Ln conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s) can see the fields now</source>
        <translation>
            <numerusform>%Ln user can see the fields now</numerusform>
            <numerusform>%Ln users can see the fields now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln had access already</source>
        <translation>
            <numerusform>%Ln had access already</numerusform>
            <numerusform>%Ln had access already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln user(s) cannot be given access</source>
        <translation>
            <numerusform>%Ln user cannot be given access</numerusform>
            <numerusform>%Ln users cannot be given access</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s) hold a value</source>
        <translation>
            <numerusform>%Ln record hold a value</numerusform>
            <numerusform>%Ln records hold a value</numerusform>
        </translation>
    </message>
</context>
</TS>
