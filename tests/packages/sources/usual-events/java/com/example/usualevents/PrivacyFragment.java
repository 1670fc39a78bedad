package com.example.usualevents;

import android.app.DialogFragment;
import android.os.Bundle;
import android.util.Log;
import android.view.LayoutInflater;
import android.view.View;
import android.view.ViewGroup;

public class PrivacyFragment extends DialogFragment implements View.OnClickListener {
    @Override
    public View onCreateView(LayoutInflater inflater, ViewGroup parent, Bundle state) {
        View view = inflater.inflate(R.layout.fragment_privacy, parent, false);
        view.findViewById(R.id.btn_ok).setOnClickListener(this);
        view.findViewById(R.id.btn_cancel).setOnClickListener(this);
        Log.i("read", android.provider.Settings.Secure.getString(getActivity().getContentResolver(), "android_id"));
        return view;
    }

    @Override
    public void onClick(View v) {
        switch (v.getId()) {
            case R.id.btn_ok:
                EventBus.getDefault().post(new PrivacyAgreedEvent());
                dismiss();
                Log.i("read", ((android.telephony.TelephonyManager) getActivity().getSystemService("phone")).getSubscriberId());
                break;
            case R.id.btn_cancel:
                getActivity().finish();
                break;
            default:
                break;
        }
    }
}
